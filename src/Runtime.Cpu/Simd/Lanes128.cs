using System.Runtime.Intrinsics;

namespace ModelGen.Cpu.Simd;

/// <summary>Four lanes: SSE, and ARM's NEON.</summary>
internal readonly struct Lanes128 : ILanes<Vector128<float>>
{
    public static int Count => 4;

    public static Vector128<float> Load(ref readonly float start, nuint offset) => Vector128.LoadUnsafe(in start, offset);

    public static void Store(Vector128<float> value, ref float start, nuint offset) => value.StoreUnsafe(ref start, offset);

    public static Vector128<float> All(float value) => Vector128.Create(value);

    public static Vector128<float> Add(Vector128<float> left, Vector128<float> right) => left + right;

    public static Vector128<float> Subtract(Vector128<float> left, Vector128<float> right) => left - right;

    public static Vector128<float> Multiply(Vector128<float> left, Vector128<float> right) => left * right;

    public static Vector128<float> Divide(Vector128<float> left, Vector128<float> right) => left / right;

    public static Vector128<float> MultiplyAdd(Vector128<float> left, Vector128<float> right, Vector128<float> addend) =>
        Vector128.MultiplyAddEstimate(left, right, addend);

    public static Vector128<float> Max(Vector128<float> left, Vector128<float> right) => Vector128.Max(left, right);

    public static Vector128<float> Min(Vector128<float> left, Vector128<float> right) => Vector128.Min(left, right);

    public static Vector128<float> Sqrt(Vector128<float> value) => Vector128.Sqrt(value);

    public static Vector128<float> Log(Vector128<float> value) => Vector128.Log(value);

    public static Vector128<float> GreaterThan(Vector128<float> left, Vector128<float> right) => Vector128.GreaterThan(left, right);

    public static Vector128<float> AreEqual(Vector128<float> left, Vector128<float> right) => Vector128.Equals(left, right);

    public static Vector128<float> Select(Vector128<float> mask, Vector128<float> yes, Vector128<float> no) => Vector128.ConditionalSelect(mask, yes, no);

    public static Vector128<float> Counters(uint first) => (Vector128.Create(first) + Vector128<uint>.Indices).AsSingle();

    public static Vector128<float> Xor(Vector128<float> left, Vector128<float> right) => left ^ right;

    public static Vector128<float> MultiplyBits(Vector128<float> value, uint factor) => (value.AsUInt32() * factor).AsSingle();

    public static Vector128<float> ShiftBits(Vector128<float> value, int count) => (value.AsUInt32() >>> count).AsSingle();

    public static Vector128<float> Fraction(Vector128<float> bits) =>
        Vector128.ConvertToSingle((bits.AsUInt32() >>> 8).AsInt32()) * Vector128.Create(1f / (1 << 24));

    public static Vector128<float> PowerOfTwo(Vector128<float> exponent) => ((Vector128.ConvertToInt32Native(exponent) + Vector128.Create(127)) << 23).AsSingle();

    public static float Sum(Vector128<float> value) => Vector128.Sum(value);
}
