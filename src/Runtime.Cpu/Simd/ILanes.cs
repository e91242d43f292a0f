using System.Runtime.Intrinsics;

namespace ModelGen.Cpu.Simd;

/// <summary>
/// Float32 vectors of one width. Kernels are generic over it, so that each width is its own machine code and a vector is never more than a register:
/// <c>static void Scale&lt;L, V&gt;(...) where L : struct, ILanes&lt;V&gt; where V : struct</c>. A kernel takes the widest that the processor has.
/// </summary>
/// <typeparam name="TVector">The vector: <see cref="Vector512{T}"/>, <see cref="Vector256{T}"/>, <see cref="Vector128{T}"/>, or a single <see cref="float"/>.</typeparam>
internal interface ILanes<TVector>
    where TVector : struct
{
    /// <summary>Floats in a vector.</summary>
    public static abstract int Count { get; }

    /// <summary>The floats from <paramref name="offset"/> on.</summary>
    public static abstract TVector Load(ref readonly float start, nuint offset);

    /// <summary>Writes a vector over the floats from <paramref name="offset"/> on.</summary>
    public static abstract void Store(TVector value, ref float start, nuint offset);

    /// <summary>One value in every lane.</summary>
    public static abstract TVector All(float value);

    /// <summary>The sum.</summary>
    public static abstract TVector Add(TVector left, TVector right);

    /// <summary>The difference.</summary>
    public static abstract TVector Subtract(TVector left, TVector right);

    /// <summary>The product.</summary>
    public static abstract TVector Multiply(TVector left, TVector right);

    /// <summary>The quotient.</summary>
    public static abstract TVector Divide(TVector left, TVector right);

    /// <summary><c>left * right + addend</c>, rounded once where the processor can.</summary>
    public static abstract TVector MultiplyAdd(TVector left, TVector right, TVector addend);

    /// <summary>The larger of each pair; NaN where either is.</summary>
    public static abstract TVector Max(TVector left, TVector right);

    /// <summary>The smaller of each pair; NaN where either is.</summary>
    public static abstract TVector Min(TVector left, TVector right);

    /// <summary>The square root.</summary>
    public static abstract TVector Sqrt(TVector value);

    /// <summary>The natural logarithm.</summary>
    public static abstract TVector Log(TVector value);

    /// <summary>All bits set where left is greater, else none.</summary>
    public static abstract TVector GreaterThan(TVector left, TVector right);

    /// <summary>All bits set where both are equal, else none.</summary>
    public static abstract TVector AreEqual(TVector left, TVector right);

    /// <summary><paramref name="yes"/> where the mask has all bits set, <paramref name="no"/> where it has none.</summary>
    public static abstract TVector Select(TVector mask, TVector yes, TVector no);

    /// <summary>Whole numbers of 32 bits, a lane's each: <paramref name="first"/>, first + 1, and so on. They are no floats yet, but <see cref="Fraction"/> makes some.</summary>
    public static abstract TVector Counters(uint first);

    /// <summary>Bits that are set in one of the two.</summary>
    public static abstract TVector Xor(TVector left, TVector right);

    /// <summary>The products of whole numbers of 32 bits, without what they overflow.</summary>
    public static abstract TVector MultiplyBits(TVector value, uint factor);

    /// <summary>Whole numbers of 32 bits moved to the right.</summary>
    public static abstract TVector ShiftBits(TVector value, int count);

    /// <summary>Whole numbers of 32 bits as parts of the largest: from 0 to below 1, in steps of 2^-24.</summary>
    public static abstract TVector Fraction(TVector bits);

    /// <summary>2 to the power of each value: whole numbers from -126 to 127.</summary>
    public static abstract TVector PowerOfTwo(TVector exponent);

    /// <summary>The sum of all lanes, always added in the same order.</summary>
    public static abstract float Sum(TVector value);
}
