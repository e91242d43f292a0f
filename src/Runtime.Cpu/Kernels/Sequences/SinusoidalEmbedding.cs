using System.Diagnostics;
using ModelGen.Cpu.Simd;

namespace ModelGen.Cpu.Kernels;

/// <summary>Adds to each position what tells it from the others: sines and cosines of position / 10000^(2i / features), in turn (Vaswani et al. 2017).</summary>
/// <typeparam name="T">The layer's constants.</typeparam>
public static class SinusoidalEmbedding<T>
    where T : struct, ISequence
{
    private static readonly float[] Table = Values(T.Length, T.Features);

    /// <summary>The output.</summary>
    /// <param name="x"><c>[length, features]</c></param>
    /// <param name="y">Is given as many values; it may be <paramref name="x"/> itself.</param>
    public static void Forward(ReadOnlySpan<float> x, Span<float> y)
    {
        Debug.Assert(x.Length == Table.Length && y.Length == x.Length);
        Elementwise.Pair(default(Sum), x, Table, y, Columns.Widest);
    }

    /// <summary>The gradient.</summary>
    /// <param name="dy">The output's.</param>
    /// <param name="dx">Is given the input's.</param>
    public static void Backward(ReadOnlySpan<float> dy, Span<float> dx) => dy.CopyTo(dx);

    private static float[] Values(int length, int features)
    {
        var values = new float[checked(length * features)];
        for (var i = 0; i < values.Length; i++)
        {
            var (position, feature) = (i / features, i % features);
            var angle = position / Math.Pow(10_000, (feature - (feature % 2)) / (double)features);
            values[i] = (float)(feature % 2 == 0 ? Math.Sin(angle) : Math.Cos(angle));
        }

        return values;
    }
}
