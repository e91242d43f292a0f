using System.Diagnostics;
using ModelGen.Cpu.Simd;

namespace ModelGen.Cpu.Kernels;

/// <summary>The product of two inputs, value by value.</summary>
/// <typeparam name="T">The layer's constants.</typeparam>
public static class Multiplication<T>
    where T : struct, IMerge
{
    /// <summary>The output.</summary>
    /// <param name="a">An input.</param>
    /// <param name="b">Another one.</param>
    /// <param name="y">Is given the product.</param>
    public static void Forward(ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> y) => Forward(a, b, y, Columns.Widest);

    /// <summary>The gradients. Each is empty where nobody asks for it.</summary>
    /// <param name="dy">The output's.</param>
    /// <param name="a">The first input.</param>
    /// <param name="b">The second one.</param>
    /// <param name="da">Is given the first input's.</param>
    /// <param name="db">Is given the second input's.</param>
    public static void Backward(ReadOnlySpan<float> dy, ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> da, Span<float> db) =>
        Backward(dy, a, b, da, db, Columns.Widest);

    internal static void Forward(ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> y, int lanes) => Repeated.Pair(default(Product), a, b, y, lanes);

    internal static void Backward(ReadOnlySpan<float> dy, ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> da, Span<float> db, int lanes)
    {
        Backward(dy, b, da, lanes);
        Backward(dy, a, db, lanes);
    }

    private static void Backward(ReadOnlySpan<float> dy, ReadOnlySpan<float> other, Span<float> dx, int lanes)
    {
        Debug.Assert(dy.Length == T.Length && (dx.IsEmpty || T.Length % dx.Length == 0));
        if (dx.Length == T.Length)
            Repeated.Pair(default(Product), dy, other, dx, lanes);
        else if (!dx.IsEmpty)
            SumRepeated(dy, other, dx, lanes);
    }

    private static void SumRepeated(ReadOnlySpan<float> dy, ReadOnlySpan<float> other, Span<float> dx, int lanes)
    {
        dx.Clear();
        for (var at = 0; at < T.Length; at += dx.Length)
            Elementwise.AddProduct(dy.Slice(at, dx.Length), other.Slice(at, dx.Length), dx, lanes);
    }
}
