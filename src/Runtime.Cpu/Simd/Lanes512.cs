using System.Runtime.Intrinsics;

namespace ModelGen.Cpu.Simd;

/// <summary>Sixteen lanes: AVX-512.</summary>
internal readonly struct Lanes512 : ILanes<Vector512<float>>
{
    public static int Count => 16;

    public static Vector512<float> Load(ref readonly float start, nuint offset) => Vector512.LoadUnsafe(in start, offset);

    public static void Store(Vector512<float> value, ref float start, nuint offset) => value.StoreUnsafe(ref start, offset);

    public static Vector512<float> All(float value) => Vector512.Create(value);

    public static Vector512<float> Add(Vector512<float> left, Vector512<float> right) => left + right;

    public static Vector512<float> Subtract(Vector512<float> left, Vector512<float> right) => left - right;

    public static Vector512<float> Multiply(Vector512<float> left, Vector512<float> right) => left * right;

    public static Vector512<float> Divide(Vector512<float> left, Vector512<float> right) => left / right;

    public static Vector512<float> MultiplyAdd(Vector512<float> left, Vector512<float> right, Vector512<float> addend) =>
        Vector512.MultiplyAddEstimate(left, right, addend);

    public static Vector512<float> Max(Vector512<float> left, Vector512<float> right) => Vector512.Max(left, right);

    public static Vector512<float> Min(Vector512<float> left, Vector512<float> right) => Vector512.Min(left, right);

    public static Vector512<float> Sqrt(Vector512<float> value) => Vector512.Sqrt(value);

    public static Vector512<float> Log(Vector512<float> value) => Vector512.Log(value);

    public static Vector512<float> GreaterThan(Vector512<float> left, Vector512<float> right) => Vector512.GreaterThan(left, right);

    public static Vector512<float> AreEqual(Vector512<float> left, Vector512<float> right) => Vector512.Equals(left, right);

    public static Vector512<float> Select(Vector512<float> mask, Vector512<float> yes, Vector512<float> no) => Vector512.ConditionalSelect(mask, yes, no);

    public static Vector512<float> Counters(uint first) => (Vector512.Create(first) + Vector512<uint>.Indices).AsSingle();

    public static Vector512<float> Xor(Vector512<float> left, Vector512<float> right) => left ^ right;

    public static Vector512<float> MultiplyBits(Vector512<float> value, uint factor) => (value.AsUInt32() * factor).AsSingle();

    public static Vector512<float> ShiftBits(Vector512<float> value, int count) => (value.AsUInt32() >>> count).AsSingle();

    public static Vector512<float> Fraction(Vector512<float> bits) =>
        Vector512.ConvertToSingle((bits.AsUInt32() >>> 8).AsInt32()) * Vector512.Create(1f / (1 << 24));

    public static Vector512<float> PowerOfTwo(Vector512<float> exponent) => ((Vector512.ConvertToInt32Native(exponent) + Vector512.Create(127)) << 23).AsSingle();

    public static float Sum(Vector512<float> value) => Vector512.Sum(value);
}
