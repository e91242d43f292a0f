using System.Diagnostics;
using ModelGen.Cpu.Simd;

namespace ModelGen.Cpu.Kernels;

/// <summary>Looks up the features of indices.</summary>
/// <typeparam name="T">The layer's constants.</typeparam>
public static class Embedding<T>
    where T : struct, IEmbedding
{
    /// <summary>The output.</summary>
    /// <param name="x">Whole numbers as floats, <c>[rows, length]</c>.</param>
    /// <param name="weight">The table, <c>[embeddings, features]</c>.</param>
    /// <param name="y">Is given <c>[rows, length, features]</c>.</param>
    /// <param name="rows">How many samples.</param>
    /// <exception cref="ArgumentOutOfRangeException">An index is none of the table's.</exception>
    public static void Forward(ReadOnlySpan<float> x, ReadOnlySpan<float> weight, Span<float> y, int rows)
    {
        Debug.Assert(x.Length == rows * T.Length && weight.Length == T.NumEmbeddings * T.EmbeddingDim && y.Length == x.Length * T.EmbeddingDim);
        for (var i = 0; i < x.Length; i++)
            weight.Slice((int)x[i] * T.EmbeddingDim, T.EmbeddingDim).CopyTo(y[(i * T.EmbeddingDim)..]);
    }

    /// <summary>Adds the gradients of some rows of the table: of all samples, so that each worker takes some of the rows.</summary>
    /// <param name="dy">The output's gradient, <c>[rows, length, features]</c>.</param>
    /// <param name="x">The indices, <c>[rows, length]</c>.</param>
    /// <param name="rows">How many samples.</param>
    /// <param name="first">The first row of the table.</param>
    /// <param name="end">The one behind the last.</param>
    /// <param name="weightGradient"><c>[embeddings, features]</c></param>
    public static void BackwardParameters(ReadOnlySpan<float> dy, ReadOnlySpan<float> x, int rows, int first, int end, Span<float> weightGradient)
    {
        Debug.Assert(x.Length == rows * T.Length && dy.Length == x.Length * T.EmbeddingDim && weightGradient.Length == T.NumEmbeddings * T.EmbeddingDim);
        Debug.Assert(0 <= first && first <= end && end <= T.NumEmbeddings);
        for (var i = 0; i < x.Length; i++)
        {
            var index = (int)x[i];
            if (index < first || index >= end || index == T.PaddingIdx)
                continue;
            var row = weightGradient.Slice(index * T.EmbeddingDim, T.EmbeddingDim);
            Elementwise.Pair(default(Sum), dy.Slice(i * T.EmbeddingDim, T.EmbeddingDim), row, row, Columns.Widest);
        }
    }
}
