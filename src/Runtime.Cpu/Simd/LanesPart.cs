using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace ModelGen.Cpu.Simd;

/// <summary>
/// Fewer than eight lanes, in a vector of eight: the last channels of six or ten, which would else be one vector of four and single floats. Nothing past them is read
/// or written; the other lanes are computed too, and mean nothing.
/// </summary>
/// <typeparam name="TCount">How many: 2 to 7.</typeparam>
internal readonly struct LanesPart<TCount> : ILanes<Vector256<float>>
    where TCount : struct, ICount
{
    public static int Count => TCount.Value;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Load(ref readonly float start, nuint offset)
    {
        ref var at = ref Unsafe.Add(ref Unsafe.AsRef(in start), offset);
        return TCount.Value switch
        {
            < 4 => LoadFew(ref at, TCount.Value).ToVector256(),
            4 => Vector128.LoadUnsafe(ref at).ToVector256(),
            _ => Vector256.Create(Vector128.LoadUnsafe(ref at), LoadFew(ref Unsafe.Add(ref at, 4), TCount.Value - 4)),
        };
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Store(Vector256<float> value, ref float start, nuint offset)
    {
        ref var at = ref Unsafe.Add(ref start, offset);
        if (TCount.Value < 4)
        {
            StoreFew(value.GetLower(), ref at, TCount.Value);
            return;
        }

        value.GetLower().StoreUnsafe(ref at);
        if (TCount.Value > 4)
            StoreFew(value.GetUpper(), ref Unsafe.Add(ref at, 4), TCount.Value - 4);
    }

    public static Vector256<float> All(float value) => Lanes256.All(value);

    public static Vector256<float> Add(Vector256<float> left, Vector256<float> right) => Lanes256.Add(left, right);

    public static Vector256<float> Subtract(Vector256<float> left, Vector256<float> right) => Lanes256.Subtract(left, right);

    public static Vector256<float> Multiply(Vector256<float> left, Vector256<float> right) => Lanes256.Multiply(left, right);

    public static Vector256<float> Divide(Vector256<float> left, Vector256<float> right) => Lanes256.Divide(left, right);

    public static Vector256<float> MultiplyAdd(Vector256<float> left, Vector256<float> right, Vector256<float> addend) => Lanes256.MultiplyAdd(left, right, addend);

    public static Vector256<float> Max(Vector256<float> left, Vector256<float> right) => Lanes256.Max(left, right);

    public static Vector256<float> Min(Vector256<float> left, Vector256<float> right) => Lanes256.Min(left, right);

    public static Vector256<float> Sqrt(Vector256<float> value) => Lanes256.Sqrt(value);

    public static Vector256<float> Log(Vector256<float> value) => Lanes256.Log(value);

    public static Vector256<float> GreaterThan(Vector256<float> left, Vector256<float> right) => Lanes256.GreaterThan(left, right);

    public static Vector256<float> AreEqual(Vector256<float> left, Vector256<float> right) => Lanes256.AreEqual(left, right);

    public static Vector256<float> Select(Vector256<float> mask, Vector256<float> yes, Vector256<float> no) => Lanes256.Select(mask, yes, no);

    public static Vector256<float> Counters(uint first) => Lanes256.Counters(first);

    public static Vector256<float> Xor(Vector256<float> left, Vector256<float> right) => Lanes256.Xor(left, right);

    public static Vector256<float> MultiplyBits(Vector256<float> value, uint factor) => Lanes256.MultiplyBits(value, factor);

    public static Vector256<float> ShiftBits(Vector256<float> value, int count) => Lanes256.ShiftBits(value, count);

    public static Vector256<float> Fraction(Vector256<float> bits) => Lanes256.Fraction(bits);

    public static Vector256<float> PowerOfTwo(Vector256<float> exponent) => Lanes256.PowerOfTwo(exponent);

    public static float Sum(Vector256<float> value) =>
        Vector256.Sum(Vector256.ConditionalSelect(
            Vector256.LessThan(Vector256<int>.Indices, Vector256.Create(TCount.Value)).AsSingle(),
            value,
            Vector256<float>.Zero));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> LoadFew(ref float at, int count) => count switch
    {
        1 => Vector128.CreateScalar(at),
        2 => Two(ref at),
        _ => Two(ref at).WithElement(2, Unsafe.Add(ref at, 2)),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void StoreFew(Vector128<float> value, ref float at, int count)
    {
        if (count == 1)
            at = value.ToScalar();
        else
            Unsafe.WriteUnaligned(ref Unsafe.As<float, byte>(ref at), value.AsDouble().ToScalar());
        if (count == 3)
            Unsafe.Add(ref at, 2) = value.GetElement(2);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> Two(ref float at) => Vector128.CreateScalar(Unsafe.ReadUnaligned<double>(ref Unsafe.As<float, byte>(ref at))).AsSingle();
}
