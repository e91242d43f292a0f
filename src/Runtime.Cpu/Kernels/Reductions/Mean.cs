using System.Diagnostics;
using ModelGen.Cpu.Simd;

namespace ModelGen.Cpu.Kernels;

/// <summary>The mean along a dimension; over the pixels of an image it is a global average pool.</summary>
/// <typeparam name="T">The layer's constants.</typeparam>
public static class Mean<T>
    where T : struct, IReduction
{
    /// <summary>The output.</summary>
    /// <param name="x"><c>[outer, length, inner]</c></param>
    /// <param name="y">Is given <c>[outer, inner]</c>.</param>
    public static void Forward(ReadOnlySpan<float> x, Span<float> y) => Forward(x, y, Columns.Widest);

    /// <summary>The gradient.</summary>
    /// <param name="dy">The output's.</param>
    /// <param name="dx">Is given the input's.</param>
    public static void Backward(ReadOnlySpan<float> dy, Span<float> dx) => Backward(dy, dx, Columns.Widest);

    internal static void Forward(ReadOnlySpan<float> x, Span<float> y, int lanes)
    {
        Debug.Assert(x.Length == T.Outer * T.Length * T.Inner && y.Length == T.Outer * T.Inner);
        for (var outer = 0; outer < T.Outer; outer++)
        {
            var own = x.Slice(outer * T.Length * T.Inner, T.Length * T.Inner);
            if (T.Inner == 1)
                y[outer] = Elementwise.Sum(own, lanes);
            else
                PixelSums.Find(default(OfLeft), own, own, y.Slice(outer * T.Inner, T.Inner), y.Slice(outer * T.Inner, T.Inner), lanes);
        }

        Elementwise.Pair(new Scaled(1f / T.Length), y, y, y, lanes);
    }

    internal static void Backward(ReadOnlySpan<float> dy, Span<float> dx, int lanes)
    {
        Debug.Assert(dx.Length == T.Outer * T.Length * T.Inner && dy.Length == T.Outer * T.Inner);
        for (var outer = 0; outer < T.Outer; outer++)
        {
            var own = dx.Slice(outer * T.Length * T.Inner, T.Length * T.Inner);
            var gradient = dy.Slice(outer * T.Inner, T.Inner);
            if (T.Inner == 1)
            {
                own.Fill(gradient[0] * (1f / T.Length));
                continue;
            }

            for (var at = 0; at < own.Length; at += T.Inner)
                Elementwise.Pair(new Scaled(1f / T.Length), gradient, gradient, own.Slice(at, T.Inner), lanes);
        }
    }
}
