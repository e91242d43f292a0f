using System.Diagnostics;
using ModelGen.Cpu.Simd;

namespace ModelGen.Cpu.Kernels;

/// <summary>Sets a whole sample to zero with a probability p and multiplies the others by 1 / (1 - p): stochastic depth (Huang et al. 2016). It is for training alone.</summary>
/// <typeparam name="T">The layer's constants.</typeparam>
public static class DropPath<T>
    where T : struct, IDropout
{
    /// <summary>The output.</summary>
    /// <param name="x">The input.</param>
    /// <param name="seed">Another one for each layer, sample and step.</param>
    /// <param name="y">Is given as many values; it may be <paramref name="x"/> itself.</param>
    public static void Forward(ReadOnlySpan<float> x, ulong seed, Span<float> y) => Forward(x, seed, y, Columns.Widest);

    /// <summary>The gradient.</summary>
    /// <param name="dy">The output's.</param>
    /// <param name="seed">The seed of the forward pass.</param>
    /// <param name="dx">Is given the input's; it may be <paramref name="dy"/> itself.</param>
    public static void Backward(ReadOnlySpan<float> dy, ulong seed, Span<float> dx) => Forward(dy, seed, dx);

    internal static void Forward(ReadOnlySpan<float> x, ulong seed, Span<float> y, int lanes)
    {
        Debug.Assert(x.Length == T.Length && y.Length == T.Length);
        if (new Noise(seed).At(0) < (float)T.Probability)
            y.Clear();
        else
            Elementwise.Pair(new Scaled((float)(1 / (1 - T.Probability))), x, x, y, lanes);
    }
}
