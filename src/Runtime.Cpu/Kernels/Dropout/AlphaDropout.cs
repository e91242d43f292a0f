using System.Diagnostics;
using ModelGen.Cpu.Simd;

namespace ModelGen.Cpu.Kernels;

/// <summary>Sets each value to the lower end of SELU, -1.7581, with a probability p, then scales and shifts all of them so that mean 0 and variance 1 stay (Klambauer et al. 2017). It is for training alone.</summary>
/// <typeparam name="T">The layer's constants.</typeparam>
public static class AlphaDropout<T>
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
    public static void Backward(ReadOnlySpan<float> dy, ulong seed, Span<float> dx) => Backward(dy, seed, dx, Columns.Widest);

    private const double Lowest = -1.7580993408473766;

    // a = (1 - p + p (1 - p) lowest^2)^-1/2 and b = -a p lowest keep mean and variance. With p = 1 nothing is left, and PyTorch gives zeros.
    private static double Scale => T.Probability < 1 ? 1 / Math.Sqrt((1 - T.Probability) * (1 + (T.Probability * Lowest * Lowest))) : 0;

    internal static void Forward(ReadOnlySpan<float> x, ulong seed, Span<float> y, int lanes)
    {
        Debug.Assert(x.Length == T.Length && y.Length == T.Length);
        var shift = -Scale * T.Probability * Lowest;
        var loop = new NoiseLoop(new Noise(seed), (float)T.Probability, (float)Scale, (float)shift, (float)((Scale * Lowest) + shift), x, y);
        Lanes.Run(ref loop, T.Length, lanes);
    }

    internal static void Backward(ReadOnlySpan<float> dy, ulong seed, Span<float> dx, int lanes)
    {
        Debug.Assert(dy.Length == T.Length && dx.Length == T.Length);
        var loop = new NoiseLoop(new Noise(seed), (float)T.Probability, (float)Scale, 0, 0, dy, dx);
        Lanes.Run(ref loop, T.Length, lanes);
    }
}
