using System.Diagnostics;
using ModelGen.Cpu.Simd;

namespace ModelGen.Cpu.Kernels;

/// <summary>
/// A batch norm with the activation and the max-pool behind it, as PyTorch's <c>BatchNorm2d</c> (<c>BatchNorm1d</c> for features). A step adds up each
/// image's statistics, ends them once for the batch, and normalises each image; backward likewise. All of it reads the images that came into the norm:
/// neither the normalised nor the activated ones are kept, for computing them again costs less than reading them.
/// </summary>
/// <typeparam name="T">The layer's constants.</typeparam>
/// <typeparam name="TActivation">The activation, which never falls; <see cref="Identity"/> for none.</typeparam>
public static class BatchNorm<T, TActivation>
    where T : struct, IBatchNorm
    where TActivation : struct, IActivation
{
    private static readonly PooledShape Shape = new(T.Height, T.Width, T.Channels, T.PoolSize);
    private static readonly BatchNormalisation<TActivation> Layer = new(Shape, T.Epsilon, T.Momentum, Columns.Widest);

    /// <summary>Floats of what it knows of a batch: scale, shift, mean, 1 / deviation, and two coefficients of the gradient for each channel.</summary>
    public static int StateLength => Layer.StateLength;

    /// <summary>Numbers of a worker's sums, which start at zero: those of the statistics, and later those of the gradients.</summary>
    public static int SumsLength => Layer.SumsLength;

    /// <summary>Adds the statistics of one image.</summary>
    /// <param name="x">The image, <c>[height, width, channels]</c>.</param>
    /// <param name="runningMean">The running mean, which is near the image's; empty where none is kept.</param>
    /// <param name="sums">The worker's.</param>
    public static void AddStatistics(ReadOnlySpan<float> x, ReadOnlySpan<float> runningMean, Span<double> sums)
    {
        Debug.Assert(x.Length == Shape.Length && runningMean.Length is var length && (length == 0 || length == T.Channels) && sums.Length == SumsLength);
        Layer.AddStatistics(x, runningMean, sums);
    }

    /// <summary>The same, and finds what of each window of the pool will be the largest: the rest of the image is then read again for its own gradient only.</summary>
    /// <param name="x">The image.</param>
    /// <param name="weight">What a channel is multiplied by, or empty.</param>
    /// <param name="runningMean">The running mean; empty where none is kept.</param>
    /// <param name="winners">Is given the values before they are normalised, <c>[height / pool, width / pool, channels]</c>.</param>
    /// <param name="sums">The worker's.</param>
    public static void AddStatistics(ReadOnlySpan<float> x, ReadOnlySpan<float> weight, ReadOnlySpan<float> runningMean, Span<float> winners, Span<double> sums)
    {
        Debug.Assert(x.Length == Shape.Length && winners.Length == Shape.OutLength && sums.Length == SumsLength);
        Layer.AddStatistics(x, weight, runningMean, winners, sums);
    }

    /// <summary>Ends the statistics of a batch, updates the running ones, and clears the sums.</summary>
    /// <param name="sums">All workers', one behind the other; they are added in this order.</param>
    /// <param name="workers">How many.</param>
    /// <param name="samples">Images of the batch.</param>
    /// <param name="weight">What a channel is multiplied by, or empty.</param>
    /// <param name="bias">What is then added to it, or empty.</param>
    /// <param name="runningMean">The running mean, or empty.</param>
    /// <param name="runningVariance">The running variance, without bias, or empty.</param>
    /// <param name="state">Is given what it knows of the batch.</param>
    public static void Normalize(
        Span<double> sums, int workers, int samples,
        ReadOnlySpan<float> weight, ReadOnlySpan<float> bias,
        Span<float> runningMean, Span<float> runningVariance, Span<float> state)
    {
        Debug.Assert(sums.Length >= workers * SumsLength && state.Length == StateLength);
        Layer.Normalize(sums, workers, samples, weight, bias, runningMean, runningVariance, state);
    }

    /// <summary>Takes the running statistics in the place of a batch's, to predict.</summary>
    /// <param name="weight">What a channel is multiplied by, or empty.</param>
    /// <param name="bias">What is then added to it, or empty.</param>
    /// <param name="runningMean">The running mean.</param>
    /// <param name="runningVariance">The running variance.</param>
    /// <param name="state">Is given what it knows. Its first vectors are the scales and the shifts, as <see cref="Conv2d{T}.PrepareFolded"/> takes them.</param>
    public static void UseRunning(
        ReadOnlySpan<float> weight, ReadOnlySpan<float> bias, ReadOnlySpan<float> runningMean, ReadOnlySpan<float> runningVariance, Span<float> state)
    {
        Debug.Assert(runningMean.Length == T.Channels && runningVariance.Length == T.Channels && state.Length == StateLength);
        Layer.UseRunning(weight, bias, runningMean, runningVariance, state);
    }

    /// <summary>Normalises one image, and pools and activates it.</summary>
    /// <param name="x">The image.</param>
    /// <param name="state">What is known of the batch.</param>
    /// <param name="y">Is given <c>[height / pool, width / pool, channels]</c>.</param>
    public static void Forward(ReadOnlySpan<float> x, ReadOnlySpan<float> state, Span<float> y)
    {
        Debug.Assert(x.Length == Shape.Length && state.Length == StateLength && y.Length == Shape.OutLength);
        Layer.Forward(x, state, y);
    }

    /// <summary>Normalises and activates what the windows' winners are: the same, for a fraction of the loads.</summary>
    /// <param name="winners">What <see cref="AddStatistics(ReadOnlySpan{float}, ReadOnlySpan{float}, ReadOnlySpan{float}, Span{float}, Span{double})"/> gave.</param>
    /// <param name="state">What is known of the batch.</param>
    /// <param name="y">Is given <c>[height / pool, width / pool, channels]</c>.</param>
    public static void ForwardWinners(ReadOnlySpan<float> winners, ReadOnlySpan<float> state, Span<float> y)
    {
        Debug.Assert(winners.Length == Shape.OutLength && state.Length == StateLength && y.Length == Shape.OutLength);
        Layer.ForwardWinners(winners, state, y);
    }

    /// <summary>Normalises one image, adds another one, and activates the sum: the end of a residual, without a pool.</summary>
    /// <param name="x">The image.</param>
    /// <param name="state">What is known of the batch.</param>
    /// <param name="added">What is added, as large as the image.</param>
    /// <param name="y">Is given the result; it may be <paramref name="added"/> itself.</param>
    public static void ForwardAdded(ReadOnlySpan<float> x, ReadOnlySpan<float> state, ReadOnlySpan<float> added, Span<float> y)
    {
        Debug.Assert(T.PoolSize == 1 && x.Length == Shape.Length && state.Length == StateLength && added.Length == Shape.Length && y.Length == Shape.Length);
        Layer.ForwardAdded(x, state, added, y);
    }

    /// <summary>Adds what one image adds to the gradients of the weight and the bias.</summary>
    /// <param name="dy">The gradient of its output.</param>
    /// <param name="winners">The image; with a pool, the windows' winners.</param>
    /// <param name="state">What is known of the batch.</param>
    /// <param name="sums">The worker's.</param>
    public static void AddGradientSums(ReadOnlySpan<float> dy, ReadOnlySpan<float> winners, ReadOnlySpan<float> state, Span<double> sums)
    {
        Debug.Assert(dy.Length == Shape.OutLength && winners.Length == Shape.OutLength && state.Length == StateLength && sums.Length == SumsLength);
        Layer.AddGradientSums(dy, winners, state, sums);
    }

    /// <summary>
    /// The same behind <see cref="ForwardAdded"/>. The gradient is replaced by the sum's, which is that of what was added, and which <see cref="BackwardAdded"/>
    /// reads: the activation's derivative is computed once for both.
    /// </summary>
    /// <param name="dy">The gradient of the result; is given the gradient of the sum.</param>
    /// <param name="x">The image.</param>
    /// <param name="y">The result, at which the activation must have the derivative that it has at the sum, as ReLU has.</param>
    /// <param name="state">What is known of the batch.</param>
    /// <param name="sums">The worker's.</param>
    public static void AddGradientSumsAdded(Span<float> dy, ReadOnlySpan<float> x, ReadOnlySpan<float> y, ReadOnlySpan<float> state, Span<double> sums)
    {
        Debug.Assert(T.PoolSize == 1 && dy.Length == Shape.Length && x.Length == Shape.Length && y.Length == Shape.Length
            && state.Length == StateLength && sums.Length == SumsLength);
        Layer.AddGradientSumsAdded(dy, x, y, state, sums);
    }

    /// <summary>Ends the sums of a batch's gradients, adds them to the gradients, and clears the sums. <see cref="Backward"/> needs it.</summary>
    /// <param name="sums">All workers', one behind the other; they are added in this order.</param>
    /// <param name="workers">How many.</param>
    /// <param name="samples">Images of the batch.</param>
    /// <param name="state">What is known of the batch; is given the coefficients of the gradient.</param>
    /// <param name="weightGradient">The gradient of the weight, or empty.</param>
    /// <param name="biasGradient">The gradient of the bias, or empty.</param>
    public static void Collect(Span<double> sums, int workers, int samples, Span<float> state, Span<float> weightGradient, Span<float> biasGradient)
    {
        Debug.Assert(sums.Length >= workers * SumsLength && state.Length == StateLength);
        Layer.Collect(sums, workers, samples, state, weightGradient, biasGradient);
    }

    /// <summary>The gradient of one image.</summary>
    /// <param name="dy">The gradient of its output.</param>
    /// <param name="x">The image.</param>
    /// <param name="state">What is known of the batch.</param>
    /// <param name="dx">Is given the image's gradient; it may be <paramref name="x"/> itself.</param>
    public static void Backward(ReadOnlySpan<float> dy, ReadOnlySpan<float> x, ReadOnlySpan<float> state, Span<float> dx)
    {
        Debug.Assert(dy.Length == Shape.OutLength && x.Length == Shape.Length && state.Length == StateLength && dx.Length == Shape.Length);
        Layer.Backward(dy, x, state, dx);
    }

    /// <summary>The same behind <see cref="AddGradientSumsAdded"/>.</summary>
    /// <param name="dz">The gradient of the sum.</param>
    /// <param name="x">The image.</param>
    /// <param name="state">What is known of the batch.</param>
    /// <param name="dx">Is given the image's gradient; it may be <paramref name="x"/> itself.</param>
    public static void BackwardAdded(ReadOnlySpan<float> dz, ReadOnlySpan<float> x, ReadOnlySpan<float> state, Span<float> dx)
    {
        Debug.Assert(T.PoolSize == 1 && dz.Length == Shape.Length && x.Length == Shape.Length && state.Length == StateLength && dx.Length == Shape.Length);
        Layer.BackwardAdded(dz, x, state, dx);
    }
}
