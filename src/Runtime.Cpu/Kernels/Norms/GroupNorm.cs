using System.Diagnostics;
using ModelGen.Cpu.Simd;

namespace ModelGen.Cpu.Kernels;

/// <summary><c>(x - mean) / sqrt(variance + epsilon) weight + bias</c>, where neighbouring channels of one image have a mean and a variance together. With as many groups as channels it is PyTorch's <c>InstanceNorm2d</c>.</summary>
/// <typeparam name="T">The layer's constants.</typeparam>
public static class GroupNorm<T>
    where T : struct, IGroupNorm
{
    /// <summary>Floats of the prepared weights and biases.</summary>
    public static int PreparedLength => 2 * T.Channels;

    /// <summary>Floats that a worker needs for itself.</summary>
    public static int ScratchLength => 4 * T.Channels;

    /// <summary>Floats of a worker's sums of gradients.</summary>
    public static int SumsLength => T.HasWeight ? 2 * T.Channels : 0;

    private static int Length => T.Height * T.Width * T.Channels;

    /// <summary>Puts the weights and the biases together; 1 and 0 stand for those that there are not. To be called whenever they change.</summary>
    /// <param name="weight"><c>[channels]</c>, or empty.</param>
    /// <param name="bias"><c>[channels]</c>, or empty.</param>
    /// <param name="prepared">Is given both, of <see cref="PreparedLength"/>.</param>
    public static void Prepare(ReadOnlySpan<float> weight, ReadOnlySpan<float> bias, Span<float> prepared)
    {
        Debug.Assert(weight.Length == (T.HasWeight ? T.Channels : 0) && bias.Length == weight.Length && prepared.Length == PreparedLength);
        NormWeights.Prepare(weight, bias, prepared);
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
    /// <param name="weightGradient"><c>[channels]</c>, or empty.</param>
    /// <param name="biasGradient"><c>[channels]</c>, or empty.</param>
    public static void Collect(Span<float> sums, int workers, Span<float> weightGradient, Span<float> biasGradient)
    {
        Debug.Assert(sums.Length >= workers * SumsLength);
        NormWeights.Collect(sums[..(workers * SumsLength)], workers, weightGradient, biasGradient);
    }

    internal static void Forward(ReadOnlySpan<float> x, ReadOnlySpan<float> prepared, Span<float> y, Span<float> scratch, int lanes)
    {
        Debug.Assert(x.Length == Length && prepared.Length == PreparedLength && y.Length == Length && scratch.Length >= ScratchLength);
        var statistics = new GroupStatistics(T.Channels, T.Groups, scratch);
        statistics.Read(x, T.Epsilon, lanes);
        statistics.Forward(x, prepared[..T.Channels], prepared[T.Channels..], y, lanes);
    }

    internal static void Backward(
        ReadOnlySpan<float> dy, ReadOnlySpan<float> x, ReadOnlySpan<float> prepared, Span<float> dx, Span<float> sums, Span<float> scratch, int lanes)
    {
        Debug.Assert(dy.Length == Length && x.Length == Length && prepared.Length == PreparedLength);
        Debug.Assert((dx.IsEmpty || dx.Length == x.Length) && sums.Length == SumsLength && scratch.Length >= ScratchLength);
        var statistics = new GroupStatistics(T.Channels, T.Groups, scratch);
        statistics.Read(x, T.Epsilon, lanes);
        statistics.ReadGradient(dy, x, sums, lanes);
        if (!dx.IsEmpty)
            statistics.Backward(dy, x, prepared[..T.Channels], dx, lanes);
    }
}
