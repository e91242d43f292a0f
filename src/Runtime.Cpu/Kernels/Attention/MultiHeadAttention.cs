using System.Diagnostics;
using ModelGen.Cpu.Simd;

namespace ModelGen.Cpu.Kernels;

/// <summary>
/// Attention of one sequence to itself or to another one: <c>softmax(Q K^T / sqrt(features / heads)) V</c> in each head (Vaswani et al. 2017). Weights,
/// and each head's keys, are turned so that vectors run along what is computed. For predictions only.
/// </summary>
/// <typeparam name="T">The layer's constants.</typeparam>
public static class MultiHeadAttention<T>
    where T : struct, IMultiHeadAttention
{
    /// <summary>Floats of the prepared weights.</summary>
    public static int PreparedLength => 4 * T.Features * (T.Features + (T.HasBias ? 1 : 0));

    /// <summary>Floats that a worker needs for itself.</summary>
    public static int ScratchLength =>
        (2 * T.Length * T.Features) + (2 * T.Seen * T.Features) + (2 * T.Length * HeadSize) + (2 * T.Seen * HeadSize) + (T.Length * T.Seen);

    private static int HeadSize => T.Features / T.Heads;

    private static int Square => T.Features * T.Features;

    /// <summary>Turns the weights, for <c>x weight</c>: the queries', those of keys and values side by side, the output's; then the biases. To be called whenever they change.</summary>
    /// <param name="inputWeight">Those of queries, keys and values, <c>[3 features, features]</c>.</param>
    /// <param name="inputBias"><c>[3 features]</c>, or empty.</param>
    /// <param name="outputWeight"><c>[features, features]</c></param>
    /// <param name="outputBias"><c>[features]</c>, or empty.</param>
    /// <param name="prepared">Is given all of them.</param>
    public static void Prepare(
        ReadOnlySpan<float> inputWeight, ReadOnlySpan<float> inputBias,
        ReadOnlySpan<float> outputWeight, ReadOnlySpan<float> outputBias,
        Span<float> prepared)
    {
        Debug.Assert(prepared.Length == PreparedLength);
        Turn(inputWeight[..Square], T.Features, Take(ref prepared, Square), T.Features);
        Turn(inputWeight[Square..], T.Features, Take(ref prepared, 2 * Square), 2 * T.Features);
        Turn(outputWeight, T.Features, Take(ref prepared, Square), T.Features);
        inputBias.CopyTo(prepared);
        outputBias.CopyTo(prepared[inputBias.Length..]);
    }

    /// <summary>The output of a sequence that sees itself.</summary>
    /// <param name="x"><c>[length, features]</c></param>
    /// <param name="prepared">The prepared weights.</param>
    /// <param name="y">Is given as many values.</param>
    /// <param name="scratch">The worker's.</param>
    public static void Forward(ReadOnlySpan<float> x, ReadOnlySpan<float> prepared, Span<float> y, Span<float> scratch) => Forward(x, x, prepared, y, scratch);

    /// <summary>The output of a sequence that sees another one.</summary>
    /// <param name="x"><c>[length, features]</c></param>
    /// <param name="memory">What is seen, <c>[seen, features]</c>.</param>
    /// <param name="prepared">The prepared weights.</param>
    /// <param name="y">Is given as many values as <paramref name="x"/> has.</param>
    /// <param name="scratch">The worker's.</param>
    public static void Forward(ReadOnlySpan<float> x, ReadOnlySpan<float> memory, ReadOnlySpan<float> prepared, Span<float> y, Span<float> scratch) =>
        Forward(x, memory, prepared, y, scratch, Columns.Widest);

    internal static void Forward(ReadOnlySpan<float> x, ReadOnlySpan<float> memory, ReadOnlySpan<float> prepared, Span<float> y, Span<float> scratch, int lanes)
    {
        Debug.Assert(x.Length == T.Length * T.Features && memory.Length == T.Seen * T.Features
            && prepared.Length == PreparedLength && y.Length == x.Length && scratch.Length >= ScratchLength);
        var queries = Take(ref scratch, T.Length * T.Features);
        var seen = Take(ref scratch, 2 * T.Seen * T.Features); // keys and values of each position
        var joined = Take(ref scratch, T.Length * T.Features);
        var biases = prepared[(4 * Square)..];
        LinearLoops.Multiply(x, prepared[..Square], Bias(biases, 0, 1), queries, T.Length, lanes);
        LinearLoops.Multiply(memory, prepared.Slice(Square, 2 * Square), Bias(biases, 1, 2), seen, T.Seen, lanes);
        for (var head = 0; head < T.Heads; head++)
            Attend(queries, seen, joined, head * HeadSize, scratch, lanes);
        LinearLoops.Multiply(joined, prepared.Slice(3 * Square, Square), Bias(biases, 3, 1), y, T.Length, lanes);
    }

    private static ReadOnlySpan<float> Bias(ReadOnlySpan<float> biases, int first, int count) =>
        T.HasBias ? biases.Slice(first * T.Features, count * T.Features) : [];

    private static void Attend(ReadOnlySpan<float> queries, ReadOnlySpan<float> seen, Span<float> joined, int first, Span<float> scratch, int lanes)
    {
        var query = Take(ref scratch, T.Length * HeadSize);
        var mean = Take(ref scratch, T.Length * HeadSize);
        var key = Take(ref scratch, T.Seen * HeadSize); // [head size, seen]
        var value = Take(ref scratch, T.Seen * HeadSize);
        var shares = Take(ref scratch, T.Length * T.Seen);
        Gather(queries, T.Features, first, query);
        for (var i = 0; i < key.Length; i++)
            key[i] = seen[(i % T.Seen * 2 * T.Features) + first + (i / T.Seen)];
        Gather(seen, 2 * T.Features, T.Features + first, value);
        Elementwise.Pair(new Scaled((float)(1 / Math.Sqrt(HeadSize))), query, query, query, lanes);
        LinearLoops.Multiply(query, key, [], shares, T.Length, lanes);
        for (var row = 0; row < T.Length; row++)
        {
            var own = shares.Slice(row * T.Seen, T.Seen);
            if (T.IsCausal)
                own[(row + 1)..].Fill(float.NegativeInfinity);
            Elementwise.Softmax(own, own, lanes);
        }

        LinearLoops.Multiply(shares, value, [], mean, T.Length, lanes);
        for (var row = 0; row < T.Length; row++)
            mean.Slice(row * HeadSize, HeadSize).CopyTo(joined[((row * T.Features) + first)..]);
    }

    /// <summary>Rows become columns.</summary>
    private static void Turn(ReadOnlySpan<float> from, int columns, Span<float> to, int rows)
    {
        for (var i = 0; i < from.Length; i++)
            to[(i % columns * rows) + (i / columns)] = from[i];
    }

    private static void Gather(ReadOnlySpan<float> rows, int stride, int first, Span<float> head)
    {
        for (var row = 0; row * HeadSize < head.Length; row++)
            rows.Slice((row * stride) + first, HeadSize).CopyTo(head[(row * HeadSize)..]);
    }

    private static Span<float> Take(ref Span<float> scratch, int length)
    {
        var taken = scratch[..length];
        scratch = scratch[length..];
        return taken;
    }
}
