using System.Diagnostics;
using ModelGen.Cpu.Simd;

namespace ModelGen.Cpu.Kernels;

/// <summary>Puts one trained position before those of a sequence.</summary>
/// <typeparam name="T">The layer's constants: the input's.</typeparam>
public static class ClassToken<T>
    where T : struct, ISequence
{
    /// <summary>Floats of the prepared values.</summary>
    public static int PreparedLength => T.Features;

    /// <summary>Floats that a worker needs for itself: none.</summary>
    public static int ScratchLength => 0;

    /// <summary>Floats of a worker's sums of gradients.</summary>
    public static int SumsLength => PreparedLength;

    /// <summary>Takes the trained values as they are. To be called whenever they change.</summary>
    /// <param name="values"><c>[1, 1, features]</c></param>
    /// <param name="prepared">Is given them.</param>
    public static void Prepare(ReadOnlySpan<float> values, Span<float> prepared) => values.CopyTo(prepared);

    /// <summary>The output.</summary>
    /// <param name="x"><c>[length, features]</c></param>
    /// <param name="prepared">The prepared values.</param>
    /// <param name="y">Is given <c>[1 + length, features]</c>.</param>
    /// <param name="scratch">Empty.</param>
    public static void Forward(ReadOnlySpan<float> x, ReadOnlySpan<float> prepared, Span<float> y, Span<float> scratch)
    {
        Debug.Assert(x.Length == T.Length * T.Features && prepared.Length == PreparedLength && y.Length == x.Length + T.Features);
        prepared.CopyTo(y);
        x.CopyTo(y[T.Features..]);
    }

    /// <summary>The gradients.</summary>
    /// <param name="dy">The output's.</param>
    /// <param name="x">The input, which the gradients do not depend on.</param>
    /// <param name="prepared">The prepared values, neither.</param>
    /// <param name="dx">Is given the input's; empty where nobody asks for it.</param>
    /// <param name="sums">The worker's: the gradients of the trained values are added.</param>
    /// <param name="scratch">Empty.</param>
    public static void Backward(ReadOnlySpan<float> dy, ReadOnlySpan<float> x, ReadOnlySpan<float> prepared, Span<float> dx, Span<float> sums, Span<float> scratch)
    {
        Debug.Assert(dy.Length == (T.Length + 1) * T.Features && (dx.IsEmpty || dx.Length == T.Length * T.Features) && sums.Length == SumsLength);
        Elementwise.Pair(default(Sum), dy[..T.Features], sums, sums, Columns.Widest);
        if (!dx.IsEmpty)
            dy[T.Features..].CopyTo(dx);
    }

    /// <summary>Adds the workers' sums, in their order, to the gradients, and clears them.</summary>
    /// <param name="sums">All workers', one behind the other.</param>
    /// <param name="workers">How many.</param>
    /// <param name="gradient"><c>[1, 1, features]</c></param>
    public static void Collect(Span<float> sums, int workers, Span<float> gradient)
    {
        Debug.Assert(sums.Length >= workers * SumsLength && gradient.Length == SumsLength);
        for (var worker = 0; worker < workers; worker++)
            Elementwise.Pair(default(Sum), sums.Slice(worker * SumsLength, SumsLength), gradient, gradient, Columns.Widest);
        sums[..(workers * SumsLength)].Clear();
    }
}
