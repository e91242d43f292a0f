using System.Runtime.Intrinsics;

namespace ModelGen.Cpu.Simd;

/// <summary>Eight lanes: AVX2 with FMA.</summary>
internal readonly struct Lanes256 : ILanes<Vector256<float>>
{
    public static int Count => 8;

    public static Vector256<float> Load(ref readonly float start, nuint offset) => Vector256.LoadUnsafe(in start, offset);

    public static void Store(Vector256<float> value, ref float start, nuint offset) => value.StoreUnsafe(ref start, offset);

    public static Vector256<float> All(float value) => Vector256.Create(value);

    public static Vector256<float> Add(Vector256<float> left, Vector256<float> right) => left + right;

    public static Vector256<float> Subtract(Vector256<float> left, Vector256<float> right) => left - right;

    public static Vector256<float> Multiply(Vector256<float> left, Vector256<float> right) => left * right;

    public static Vector256<float> Divide(Vector256<float> left, Vector256<float> right) => left / right;

    public static Vector256<float> MultiplyAdd(Vector256<float> left, Vector256<float> right, Vector256<float> addend) =>
        Vector256.MultiplyAddEstimate(left, right, addend);

    public static Vector256<float> Max(Vector256<float> left, Vector256<float> right) => Vector256.Max(left, right);

    public static Vector256<float> Min(Vector256<float> left, Vector256<float> right) => Vector256.Min(left, right);

    public static Vector256<float> Sqrt(Vector256<float> value) => Vector256.Sqrt(value);

    public static Vector256<float> Log(Vector256<float> value) => Vector256.Log(value);

    public static Vector256<float> GreaterThan(Vector256<float> left, Vector256<float> right) => Vector256.GreaterThan(left, right);

    public static Vector256<float> AreEqual(Vector256<float> left, Vector256<float> right) => Vector256.Equals(left, right);

    public static Vector256<float> Select(Vector256<float> mask, Vector256<float> yes, Vector256<float> no) => Vector256.ConditionalSelect(mask, yes, no);

    public static Vector256<float> Counters(uint first) => (Vector256.Create(first) + Vector256<uint>.Indices).AsSingle();

    public static Vector256<float> Xor(Vector256<float> left, Vector256<float> right) => left ^ right;

    public static Vector256<float> MultiplyBits(Vector256<float> value, uint factor) => (value.AsUInt32() * factor).AsSingle();

    public static Vector256<float> ShiftBits(Vector256<float> value, int count) => (value.AsUInt32() >>> count).AsSingle();

    public static Vector256<float> Fraction(Vector256<float> bits) =>
        Vector256.ConvertToSingle((bits.AsUInt32() >>> 8).AsInt32()) * Vector256.Create(1f / (1 << 24));

    public static Vector256<float> PowerOfTwo(Vector256<float> exponent) => ((Vector256.ConvertToInt32Native(exponent) + Vector256.Create(127)) << 23).AsSingle();

    public static float Sum(Vector256<float> value) => Vector256.Sum(value);
}
