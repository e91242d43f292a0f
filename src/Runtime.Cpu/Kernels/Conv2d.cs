using System.Diagnostics;
using ModelGen.Cpu.Simd;

namespace ModelGen.Cpu.Kernels;

/// <summary>
/// A convolution over images, <c>[height, width, in]</c> to <c>[out height, out width, out]</c>, one or several side by side. Direct: 8 pixels by 2 vectors of output channels at a
/// time (6 with AVX2). Each weight that is loaded serves 8 pixels, and each input value 32 output channels, so the multiply-adds are what takes the time.
/// <para>
/// A window of 3 or 5 that moves by one pixel over 16 channels or more is computed by Winograd's patches where the image has enough of them: a quarter to a half of
/// the multiply-adds, in a third to four fifths of the time.
/// </para>
/// </summary>
/// <typeparam name="T">The layer's constants.</typeparam>
public static class Conv2d<T>
    where T : struct, IConv2d
{
    private static readonly Convolution Layer = Convolution.Of<T>(Columns.Widest);

    /// <summary>Floats of the prepared weights.</summary>
    public static int PreparedLength => Layer.PreparedLength;

    /// <summary>Floats of those that the forward pass reads: all that a network needs when it no longer learns.</summary>
    public static int ForwardLength => Layer.ForwardLength;

    /// <summary>Floats that a worker needs for itself: padded images, and patches of them.</summary>
    public static int ScratchLength => Layer.ScratchLength;

    /// <summary>Floats of a worker's sums of gradients.</summary>
    public static int SumsLength => Layer.SumsLength;

    /// <summary>Brings the weights into the order in which the other methods read them. To be called whenever they change.</summary>
    /// <param name="weight"><c>[out, in / groups, kernel height, kernel width]</c></param>
    /// <param name="bias"><c>[out]</c>, or empty.</param>
    /// <param name="prepared">Is given both, of <see cref="PreparedLength"/>, or of <see cref="ForwardLength"/> for <see cref="Forward"/> and the like only.</param>
    /// <param name="part">Which part of the work to do, from 0: each of several workers does one.</param>
    /// <param name="parts">How many parts there are.</param>
    public static void Prepare(ReadOnlySpan<float> weight, ReadOnlySpan<float> bias, Span<float> prepared, int part, int parts)
    {
        Debug.Assert(weight.Length == WeightLength && bias.Length == (T.HasBias ? T.OutChannels : 0) && IsPrepared(prepared));
        Layer.Prepare(weight, bias, prepared, part, parts);
    }

    /// <summary>As <see cref="Prepare"/>, with the batch norm behind the convolution as a part of it, for <see cref="ForwardActivated"/> and <see cref="ForwardAdded"/>.</summary>
    /// <param name="weight"><c>[out, in / groups, kernel height, kernel width]</c></param>
    /// <param name="bias"><c>[out]</c>, or empty.</param>
    /// <param name="scale">What the norm multiplies each channel by: its weight / the standard deviation.</param>
    /// <param name="shift">What it then adds: its bias - mean * scale.</param>
    /// <param name="prepared">Is given all of them, of <see cref="ForwardLength"/>.</param>
    public static void PrepareFolded(
        ReadOnlySpan<float> weight, ReadOnlySpan<float> bias, ReadOnlySpan<float> scale, ReadOnlySpan<float> shift, Span<float> prepared)
    {
        Debug.Assert(weight.Length == WeightLength && scale.Length == T.OutChannels && shift.Length == T.OutChannels && prepared.Length == ForwardLength);
        Layer.PrepareFolded(weight, bias, scale, shift, prepared);
    }

    /// <summary>The output.</summary>
    /// <param name="x"><c>[height, width, in]</c></param>
    /// <param name="prepared">The prepared weights.</param>
    /// <param name="y">Is given <c>[out height, out width, out]</c>.</param>
    /// <param name="scratch">The worker's.</param>
    public static void Forward(ReadOnlySpan<float> x, ReadOnlySpan<float> prepared, Span<float> y, Span<float> scratch) =>
        ForwardActivated<Identity>(x, prepared, y, scratch);

    /// <summary>The output with an activation behind it: a short one while it is still in registers.</summary>
    /// <inheritdoc cref="Forward" path="/param"/>
    /// <typeparam name="TActivation">The activation.</typeparam>
    public static void ForwardActivated<TActivation>(ReadOnlySpan<float> x, ReadOnlySpan<float> prepared, Span<float> y, Span<float> scratch)
        where TActivation : struct, IActivation
    {
        Debug.Assert(IsSamples(x, y) && IsPrepared(prepared) && scratch.Length >= ScratchLength);
        Layer.Forward<TActivation>(x, prepared, added: [], y, scratch);
    }

    /// <summary>The output with another image added to it while it is still in registers, and an activation behind the sum: the end of a residual.</summary>
    /// <param name="x"><c>[height, width, in]</c></param>
    /// <param name="prepared">The prepared weights.</param>
    /// <param name="added">What is added, <c>[out height, out width, out]</c>; it may be <paramref name="y"/> itself.</param>
    /// <param name="y">Is given <c>[out height, out width, out]</c>.</param>
    /// <param name="scratch">The worker's.</param>
    /// <typeparam name="TActivation">The activation.</typeparam>
    public static void ForwardAdded<TActivation>(ReadOnlySpan<float> x, ReadOnlySpan<float> prepared, ReadOnlySpan<float> added, Span<float> y, Span<float> scratch)
        where TActivation : struct, IActivation
    {
        Debug.Assert(IsSamples(x, y) && IsPrepared(prepared) && added.Length == y.Length && scratch.Length >= ScratchLength);
        Layer.Forward<TActivation>(x, prepared, added, y, scratch);
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
        Debug.Assert(IsSamples(x, dy) && prepared.Length == PreparedLength && (dx.IsEmpty || dx.Length == x.Length));
        Debug.Assert(sums.Length == SumsLength && scratch.Length >= ScratchLength);
        Layer.Backward(dy, x, prepared, dx, sums, scratch);
    }

    /// <summary>Adds the workers' sums, in their order, to the gradients, and clears them.</summary>
    /// <param name="sums">All workers', one behind the other.</param>
    /// <param name="workers">How many.</param>
    /// <param name="weightGradient"><c>[out, in / groups, kernel height, kernel width]</c></param>
    /// <param name="biasGradient"><c>[out]</c>, or empty.</param>
    /// <param name="part">Which part of the work to do, from 0: each of several workers does one.</param>
    /// <param name="parts">How many parts there are.</param>
    public static void Collect(Span<float> sums, int workers, Span<float> weightGradient, Span<float> biasGradient, int part, int parts)
    {
        Debug.Assert(sums.Length >= workers * SumsLength && weightGradient.Length == WeightLength && biasGradient.Length == (T.HasBias ? T.OutChannels : 0));
        Layer.Collect(sums, workers, SumsLength, weightGradient, biasGradient, part, parts);
    }

    private static int WeightLength => T.OutChannels * (T.InChannels / T.Groups) * T.KernelHeight * T.KernelWidth;

    private static bool IsPrepared(ReadOnlySpan<float> weights) => weights.Length == ForwardLength || weights.Length == PreparedLength;

    private static bool IsSamples(ReadOnlySpan<float> x, ReadOnlySpan<float> y) => x.Length % InputLength == 0 && x.Length / InputLength * OutputLength == y.Length;

    private static int InputLength => T.Height * T.Width * T.InChannels;

    private static int OutputLength => T.OutHeight * T.OutWidth * T.OutChannels;
}
