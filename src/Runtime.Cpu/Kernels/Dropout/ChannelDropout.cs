using System.Diagnostics;
using ModelGen.Cpu.Simd;

namespace ModelGen.Cpu.Kernels;

/// <summary>Sets each channel to zero with a probability p and multiplies the others by 1 / (1 - p). It is for training alone.</summary>
/// <typeparam name="T">The layer's constants.</typeparam>
public static class ChannelDropout<T>
    where T : struct, IChannelDropout
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
        Debug.Assert(x.Length == T.Length && y.Length == T.Length && T.Length % (T.Channels * T.Inner) == 0);
        var (noise, scale) = (new Noise(seed), (float)(1 / (1 - T.Probability)));
        if (T.Inner > 1)
        {
            for (var at = 0; at < T.Length; at += T.Inner)
                Scale(x.Slice(at, T.Inner), noise.At((uint)(at / T.Inner % T.Channels)) < (float)T.Probability ? 0 : scale, y.Slice(at, T.Inner), lanes);
            return;
        }

        for (var at = 0; at < T.Length; at += T.Channels)
        {
            var loop = new NoiseLoop(noise, (float)T.Probability, scale, 0, 0, x.Slice(at, T.Channels), y.Slice(at, T.Channels));
            Lanes.Run(ref loop, T.Channels, lanes);
        }
    }

    // A dropped value is zero even where it was infinite.
    private static void Scale(ReadOnlySpan<float> x, float factor, Span<float> y, int lanes)
    {
        if (factor == 0)
            y.Clear();
        else
            Elementwise.Pair(new Scaled(factor), x, x, y, lanes);
    }
}
