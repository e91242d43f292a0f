using System.Diagnostics;

namespace ModelGen.Cpu.Kernels;

/// <summary>Brings dimensions into another order. Dimensions that stay last move as one block.</summary>
/// <typeparam name="T">The layer's constants.</typeparam>
public static class Permute<T>
    where T : struct, IPermute
{
    private const int MostDimensions = 8;

    /// <summary>The output.</summary>
    /// <param name="x">Of <see cref="IPermute.Sizes"/>.</param>
    /// <param name="y">Is given the same values, in the new order.</param>
    public static void Forward(ReadOnlySpan<float> x, Span<float> y)
    {
        Debug.Assert(x.Length == y.Length);
        Span<int> state = stackalloc int[3 * MostDimensions];
        var walk = new PermutedWalk(T.Sizes, T.Order, state);
        for (var target = 0; target < y.Length; target += walk.RunLength)
        {
            var source = walk.Next();
            var run = y.Slice(target, walk.RunLength);
            if (walk.Step == 1)
            {
                x.Slice(source, run.Length).CopyTo(run);
                continue;
            }

            for (var i = 0; i < run.Length; i++, source += walk.Step)
                run[i] = x[source];
        }
    }

    /// <summary>The gradient.</summary>
    /// <param name="dy">The output's.</param>
    /// <param name="dx">Is given the input's.</param>
    public static void Backward(ReadOnlySpan<float> dy, Span<float> dx)
    {
        Debug.Assert(dx.Length == dy.Length);
        Span<int> state = stackalloc int[3 * MostDimensions];
        var walk = new PermutedWalk(T.Sizes, T.Order, state);
        for (var target = 0; target < dy.Length; target += walk.RunLength)
        {
            var source = walk.Next();
            var run = dy.Slice(target, walk.RunLength);
            if (walk.Step == 1)
            {
                run.CopyTo(dx[source..]);
                continue;
            }

            for (var i = 0; i < run.Length; i++, source += walk.Step)
                dx[source] = run[i];
        }
    }
}
