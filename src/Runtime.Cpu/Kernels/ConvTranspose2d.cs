using System.Diagnostics;
using ModelGen.Cpu.Simd;

namespace ModelGen.Cpu.Kernels;

/// <summary>A transposed convolution over one image, <c>[height, width, in]</c> to <c>[out height, out width, out]</c>, at the speed of a convolution.</summary>
/// <typeparam name="T">The layer's constants.</typeparam>
public static class ConvTranspose2d<T>
    where T : struct, IConv2d
{
    private static readonly TransposedConvolution Layer = TransposedConvolution.Of<T>(Columns.Widest);

    /// <summary>Floats of the prepared weights.</summary>
    public static int PreparedLength => Layer.PreparedLength;

    /// <summary>Floats that a worker needs for itself: a padded image, and patches of it.</summary>
    public static int ScratchLength => Layer.ScratchLength;

    /// <summary>Floats of a worker's sums of gradients.</summary>
    public static int SumsLength => Layer.SumsLength;

    /// <summary>Brings the weights into the order in which the other methods read them. To be called whenever they change.</summary>
    /// <param name="weight"><c>[in, out / groups, kernel height, kernel width]</c></param>
    /// <param name="bias"><c>[out]</c>, or empty.</param>
    /// <param name="prepared">Is given both, of <see cref="PreparedLength"/>.</param>
    /// <param name="part">Which part of the work to do, from 0: each of several workers does one.</param>
    /// <param name="parts">How many parts there are.</param>
    public static void Prepare(ReadOnlySpan<float> weight, ReadOnlySpan<float> bias, Span<float> prepared, int part, int parts)
    {
        Debug.Assert(weight.Length == WeightLength && bias.Length == (T.HasBias ? T.OutChannels : 0) && prepared.Length == PreparedLength);
        Layer.Prepare(weight, bias, prepared, part, parts);
    }

    /// <summary>The output.</summary>
    /// <param name="x"><c>[height, width, in]</c></param>
    /// <param name="prepared">The prepared weights.</param>
    /// <param name="y">Is given <c>[out height, out width, out]</c>.</param>
    /// <param name="scratch">The worker's.</param>
    public static void Forward(ReadOnlySpan<float> x, ReadOnlySpan<float> prepared, Span<float> y, Span<float> scratch)
    {
        Debug.Assert(x.Length == InputLength && prepared.Length == PreparedLength && y.Length == OutputLength && scratch.Length >= ScratchLength);
        Layer.Forward(x, prepared, y, scratch);
    }

    /// <summary>The gradients.</summary>
    /// <param name="dy">The output's, <c>[out height, out width, out]</c>.</param>
    /// <param name="x">The input, <c>[height, width, in]</c>.</param>
    /// <param name="prepared">The prepared weights.</param>
    /// <param name="dx">Is given the input's; empty where nobody asks for it.</param>
    /// <param name="sums">The worker's: the gradients of the weights are added.</param>
    /// <param name="scratch">The worker's.</param>
    public static void Backward(ReadOnlySpan<float> dy, ReadOnlySpan<float> x, ReadOnlySpan<float> prepared, Span<float> dx, Span<float> sums, Span<float> scratch)
    {
        Debug.Assert(dy.Length == OutputLength && x.Length == InputLength && prepared.Length == PreparedLength);
        Debug.Assert(dx.Length is 0 || dx.Length == InputLength);
        Debug.Assert(sums.Length == SumsLength && scratch.Length >= ScratchLength);
        Layer.Backward(dy, x, prepared, dx, sums, scratch);
    }

    /// <summary>Adds the workers' sums, in their order, to the gradients, and clears them.</summary>
    /// <param name="sums">All workers', one behind the other.</param>
    /// <param name="workers">How many.</param>
    /// <param name="weightGradient"><c>[in, out / groups, kernel height, kernel width]</c></param>
    /// <param name="biasGradient"><c>[out]</c>, or empty.</param>
    /// <param name="part">Which part of the work to do, from 0: each of several workers does one.</param>
    /// <param name="parts">How many parts there are.</param>
    public static void Collect(Span<float> sums, int workers, Span<float> weightGradient, Span<float> biasGradient, int part, int parts)
    {
        Debug.Assert(sums.Length >= workers * SumsLength && weightGradient.Length == WeightLength && biasGradient.Length == (T.HasBias ? T.OutChannels : 0));
        Layer.Collect(sums, workers, weightGradient, biasGradient, part, parts);
    }

    private static int WeightLength => T.InChannels * (T.OutChannels / T.Groups) * T.KernelHeight * T.KernelWidth;

    private static int InputLength => T.Height * T.Width * T.InChannels;

    private static int OutputLength => T.OutHeight * T.OutWidth * T.OutChannels;
}
