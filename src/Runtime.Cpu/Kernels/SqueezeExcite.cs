using System.Diagnostics;
using ModelGen.Cpu.Simd;

namespace ModelGen.Cpu.Kernels;

/// <summary>Scales each channel by <c>gate(fc2(activation(fc1(m))))</c>, where m are the means of all channels. The image is read twice; all else is small.</summary>
/// <typeparam name="T">The layer's constants.</typeparam>
/// <typeparam name="TActivation">What stands between the two products.</typeparam>
/// <typeparam name="TGate">What makes the factors.</typeparam>
public static class SqueezeExcite<T, TActivation, TGate>
    where T : struct, ISqueezeExcite
    where TActivation : struct, IActivation
    where TGate : struct, IActivation
{
    /// <summary>Floats of the prepared weights.</summary>
    public static int PreparedLength => (2 * T.Channels * T.SqueezeChannels) + T.SqueezeChannels + T.Channels;

    /// <summary>Floats that a worker needs for itself.</summary>
    public static int ScratchLength => Length(5, 4);

    /// <summary>Floats of a worker's sums of gradients.</summary>
    public static int SumsLength => PreparedLength;

    /// <summary>Puts the weights behind each other. To be called whenever they change.</summary>
    /// <param name="weight1"><c>[squeeze, channels, 1, 1]</c></param>
    /// <param name="bias1"><c>[squeeze]</c></param>
    /// <param name="weight2"><c>[channels, squeeze, 1, 1]</c></param>
    /// <param name="bias2"><c>[channels]</c></param>
    /// <param name="prepared">Is given all of them.</param>
    public static void Prepare(ReadOnlySpan<float> weight1, ReadOnlySpan<float> bias1, ReadOnlySpan<float> weight2, ReadOnlySpan<float> bias2, Span<float> prepared)
    {
        Debug.Assert(prepared.Length == PreparedLength);
        weight1.CopyTo(prepared);
        bias1.CopyTo(prepared[weight1.Length..]);
        weight2.CopyTo(prepared[(weight1.Length + bias1.Length)..]);
        bias2.CopyTo(prepared[^bias2.Length..]);
    }

    /// <summary>The output.</summary>
    /// <param name="x"><c>[height, width, channels]</c></param>
    /// <param name="prepared">The prepared weights.</param>
    /// <param name="y">Is given as many values.</param>
    /// <param name="scratch">The worker's.</param>
    public static void Forward(ReadOnlySpan<float> x, ReadOnlySpan<float> prepared, Span<float> y, Span<float> scratch) =>
        Forward(x, prepared, y, scratch, Columns.Widest);

    /// <summary>The gradients.</summary>
    /// <param name="dy">The output's.</param>
    /// <param name="x">The input.</param>
    /// <param name="prepared">The prepared weights.</param>
    /// <param name="dx">Is given the input's; empty where nobody asks for it.</param>
    /// <param name="sums">The worker's: the gradients of the weights are added.</param>
    /// <param name="scratch">The worker's.</param>
    public static void Backward(
        ReadOnlySpan<float> dy, ReadOnlySpan<float> x, ReadOnlySpan<float> prepared, Span<float> dx, Span<float> sums, Span<float> scratch) =>
        Backward(dy, x, prepared, dx, sums, scratch, Columns.Widest);

    /// <summary>Adds the workers' sums, in their order, to the gradients, and clears them.</summary>
    /// <param name="sums">All workers', one behind the other.</param>
    /// <param name="workers">How many.</param>
    /// <param name="weight1Gradient"><c>[squeeze, channels, 1, 1]</c></param>
    /// <param name="bias1Gradient"><c>[squeeze]</c></param>
    /// <param name="weight2Gradient"><c>[channels, squeeze, 1, 1]</c></param>
    /// <param name="bias2Gradient"><c>[channels]</c></param>
    public static void Collect(
        Span<float> sums, int workers, Span<float> weight1Gradient, Span<float> bias1Gradient, Span<float> weight2Gradient, Span<float> bias2Gradient)
    {
        for (var worker = 0; worker < workers; worker++)
        {
            ReadOnlySpan<float> own = sums.Slice(worker * SumsLength, SumsLength);
            Take(ref own, weight1Gradient);
            Take(ref own, bias1Gradient);
            Take(ref own, weight2Gradient);
            Take(ref own, bias2Gradient);
        }

        sums[..(workers * SumsLength)].Clear();
    }

    internal static void Forward(ReadOnlySpan<float> x, ReadOnlySpan<float> prepared, Span<float> y, Span<float> scratch, int lanes)
    {
        Debug.Assert(x.Length == T.Height * T.Width * T.Channels && prepared.Length == PreparedLength && y.Length == x.Length && scratch.Length >= ScratchLength);
        FindFactors(x, prepared, scratch, lanes);
        Repeated.Pair(default(Product), x, scratch.Slice(Length(2, 2), T.Channels), y, lanes);
    }

    internal static void Backward(
        ReadOnlySpan<float> dy, ReadOnlySpan<float> x, ReadOnlySpan<float> prepared, Span<float> dx, Span<float> sums, Span<float> scratch, int lanes)
    {
        Debug.Assert(x.Length == T.Height * T.Width * T.Channels && dy.Length == x.Length && (dx.IsEmpty || dx.Length == x.Length) && sums.Length == SumsLength);
        FindFactors(x, prepared, scratch, lanes);
        var (weights, width) = (T.Channels * T.SqueezeChannels, T.SqueezeChannels);
        var means = scratch[..T.Channels];
        var squeezed = scratch.Slice(Length(1, 0), width);
        var active = scratch.Slice(Length(1, 1), width);
        var excited = scratch.Slice(Length(1, 2), T.Channels);
        var factors = scratch.Slice(Length(2, 2), T.Channels);
        var outer = scratch.Slice(Length(3, 2), T.Channels); // the gradient of fc2's output
        var inner = scratch.Slice(Length(4, 2), width); // that of fc1's
        var passed = scratch.Slice(Length(4, 3), T.Channels); // that of the means

        PixelSums.Find(default(OfProduct), dy, x, outer, outer, lanes);
        Elementwise.Pair(default(Chained<TGate>), outer, excited, outer, lanes);
        inner.Clear();
        for (var channel = 0; channel < T.Channels; channel++)
        {
            var row = sums.Slice(weights + width + (channel * width), width);
            Elementwise.Pair(new ScaledAddition(outer[channel]), active, row, row, lanes);
            Elementwise.Pair(new ScaledAddition(outer[channel]), prepared.Slice(weights + width + (channel * width), width), inner, inner, lanes);
        }

        Elementwise.Pair(default(Sum), outer, sums[^T.Channels..], sums[^T.Channels..], lanes);
        Elementwise.Pair(default(Chained<TActivation>), inner, squeezed, inner, lanes);
        passed.Clear();
        for (var i = 0; i < width; i++)
        {
            var row = sums.Slice(i * T.Channels, T.Channels);
            Elementwise.Pair(new ScaledAddition(inner[i]), means, row, row, lanes);
            Elementwise.Pair(new ScaledAddition(inner[i]), prepared.Slice(i * T.Channels, T.Channels), passed, passed, lanes);
        }

        Elementwise.Pair(default(Sum), inner, sums.Slice(weights, width), sums.Slice(weights, width), lanes);
        if (dx.IsEmpty)
            return;
        Elementwise.Pair(new Scaled(1f / (T.Height * T.Width)), passed, passed, passed, lanes);
        for (var at = 0; at < x.Length; at += T.Channels)
            Elementwise.MultiplyAdd(dy.Slice(at, T.Channels), factors, passed, dx.Slice(at, T.Channels), lanes);
    }

    // The means, what goes into the activation and comes out, what goes into the gate and comes out.
    private static void FindFactors(ReadOnlySpan<float> x, ReadOnlySpan<float> prepared, Span<float> scratch, int lanes)
    {
        var (weights, width) = (T.Channels * T.SqueezeChannels, T.SqueezeChannels);
        var means = scratch[..T.Channels];
        PixelSums.Find(default(OfLeft), x, x, means, means, lanes);
        Elementwise.Pair(new Scaled(1f / (T.Height * T.Width)), means, means, means, lanes);
        var squeezed = scratch.Slice(Length(1, 0), width);
        var active = scratch.Slice(Length(1, 1), width);
        var excited = scratch.Slice(Length(1, 2), T.Channels);
        for (var i = 0; i < width; i++)
            squeezed[i] = prepared[weights + i] + Elementwise.Sum(default(Product), means, prepared.Slice(i * T.Channels, T.Channels), lanes);
        Elementwise.Map<TActivation>(squeezed, active, lanes);
        for (var i = 0; i < T.Channels; i++)
            excited[i] = prepared[^(T.Channels - i)] + Elementwise.Sum(default(Product), active, prepared.Slice(weights + width + (i * width), width), lanes);
        Elementwise.Map<TGate>(excited, scratch.Slice(Length(2, 2), T.Channels), lanes);
    }

    private static int Length(int channels, int squeezed) => (channels * T.Channels) + (squeezed * T.SqueezeChannels);

    private static void Take(ref ReadOnlySpan<float> sums, Span<float> gradient)
    {
        Elementwise.Pair(default(Sum), sums[..gradient.Length], gradient, gradient, Columns.Widest);
        sums = sums[gradient.Length..];
    }
}
