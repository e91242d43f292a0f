using System.Runtime.CompilerServices;

namespace ModelGen.Cpu.Simd;

/// <summary>One lane: a processor without vectors, or one whose vectors are switched off. A mask is a float of all bits, which is no number.</summary>
internal readonly struct Lanes1 : ILanes<float>
{
    private static float True => BitConverter.UInt32BitsToSingle(uint.MaxValue);

    public static int Count => 1;

    public static float Load(ref readonly float start, nuint offset) => Unsafe.Add(ref Unsafe.AsRef(in start), offset);

    public static void Store(float value, ref float start, nuint offset) => Unsafe.Add(ref start, offset) = value;

    public static float All(float value) => value;

    public static float Add(float left, float right) => left + right;

    public static float Subtract(float left, float right) => left - right;

    public static float Multiply(float left, float right) => left * right;

    public static float Divide(float left, float right) => left / right;

    public static float MultiplyAdd(float left, float right, float addend) => (left * right) + addend;

    public static float Max(float left, float right) => MathF.Max(left, right);

    public static float Min(float left, float right) => MathF.Min(left, right);

    public static float Sqrt(float value) => MathF.Sqrt(value);

    public static float Log(float value) => MathF.Log(value);

    public static float GreaterThan(float left, float right) => left > right ? True : 0;

    public static float AreEqual(float left, float right) => left == right ? True : 0;

    public static float Select(float mask, float yes, float no) => BitConverter.SingleToUInt32Bits(mask) != 0 ? yes : no;

    public static float Counters(uint first) => BitConverter.UInt32BitsToSingle(first);

    public static float Xor(float left, float right) =>
        BitConverter.UInt32BitsToSingle(BitConverter.SingleToUInt32Bits(left) ^ BitConverter.SingleToUInt32Bits(right));

    public static float MultiplyBits(float value, uint factor) => BitConverter.UInt32BitsToSingle(BitConverter.SingleToUInt32Bits(value) * factor);

    public static float ShiftBits(float value, int count) => BitConverter.UInt32BitsToSingle(BitConverter.SingleToUInt32Bits(value) >>> count);

    public static float Fraction(float bits) => (BitConverter.SingleToUInt32Bits(bits) >>> 8) * (1f / (1 << 24));

    public static float PowerOfTwo(float exponent) => BitConverter.Int32BitsToSingle(((int)exponent + 127) << 23);

    public static float Sum(float value) => value;
}
