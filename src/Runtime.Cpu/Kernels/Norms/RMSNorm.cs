using System.Diagnostics;
using ModelGen.Cpu.Simd;

namespace ModelGen.Cpu.Kernels;

/// <summary><c>x / sqrt(mean(x^2) + epsilon) weight</c> of each row.</summary>
/// <typeparam name="T">The layer's constants.</typeparam>
public static class RMSNorm<T>
    where T : struct, IRMSNorm
{
    /// <summary>Floats of the prepared weights and biases.</summary>
    public static int PreparedLength => 2 * T.Length;

    /// <summary>Floats that a worker needs for itself.</summary>
    public static int ScratchLength => 0;

    /// <summary>Floats of a worker's sums of gradients.</summary>
    public static int SumsLength => T.HasWeight ? 2 * T.Length : 0;

    /// <summary>Puts the weights, or 1 where there are none, before zeros as biases. To be called whenever they change.</summary>
    /// <param name="weight"><c>[length]</c>, or empty.</param>
    /// <param name="prepared">Is given them, of <see cref="PreparedLength"/>.</param>
    public static void Prepare(ReadOnlySpan<float> weight, Span<float> prepared)
    {
        Debug.Assert(weight.Length == (T.HasWeight ? T.Length : 0) && prepared.Length == PreparedLength);
        NormWeights.Prepare(weight, [], prepared);
    }

    /// <summary>The output.</summary>
    /// <param name="x"><c>[rows, length]</c></param>
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
    /// <param name="weightGradient"><c>[length]</c>, or empty.</param>
    public static void Collect(Span<float> sums, int workers, Span<float> weightGradient)
    {
        Debug.Assert(sums.Length >= workers * SumsLength);
        NormWeights.Collect(sums[..(workers * SumsLength)], workers, weightGradient, []);
    }

    internal static void Forward(ReadOnlySpan<float> x, ReadOnlySpan<float> prepared, Span<float> y, Span<float> scratch, int lanes)
    {
        Debug.Assert(x.Length == T.Rows * T.Length && prepared.Length == PreparedLength && y.Length == x.Length && scratch.Length >= ScratchLength);
        for (var at = 0; at < x.Length; at += T.Length)
        {
            var row = x.Slice(at, T.Length);
            RowNorm.Of(row, T.Epsilon, isCentred: false, lanes).Forward(row, prepared[..T.Length], prepared[T.Length..], y.Slice(at, T.Length), lanes);
        }
    }

    internal static void Backward(
        ReadOnlySpan<float> dy, ReadOnlySpan<float> x, ReadOnlySpan<float> prepared, Span<float> dx, Span<float> sums, Span<float> scratch, int lanes)
    {
        Debug.Assert(x.Length == T.Rows * T.Length && dy.Length == x.Length && prepared.Length == PreparedLength);
        Debug.Assert((dx.IsEmpty || dx.Length == x.Length) && sums.Length == SumsLength && scratch.Length >= ScratchLength);
        for (var at = 0; at < x.Length; at += T.Length)
        {
            var row = x.Slice(at, T.Length);
            var gradient = dx.IsEmpty ? dx : dx.Slice(at, T.Length);
            RowNorm.Of(row, T.Epsilon, isCentred: false, lanes).Backward(dy.Slice(at, T.Length), row, prepared[..T.Length], gradient, sums, isCentred: false, lanes);
        }
    }
}
