using System.Diagnostics;

namespace ModelGen.Cpu.Kernels;

/// <summary>Pairs of which one is shorter than the result, and is taken again and again.</summary>
internal static class Repeated
{
    /// <summary><c>y = pairing(left, right)</c></summary>
    public static void Pair<TPairing>(TPairing pairing, ReadOnlySpan<float> left, ReadOnlySpan<float> right, Span<float> y, int lanes)
        where TPairing : struct, IPairing
    {
        Debug.Assert((left.Length == y.Length && y.Length % right.Length == 0) || (right.Length == y.Length && y.Length % left.Length == 0));
        var length = Math.Min(left.Length, right.Length);
        for (var at = 0; at < y.Length; at += length)
            Elementwise.Pair(
                pairing,
                left[(left.Length == y.Length ? at : 0)..][..length],
                right[(right.Length == y.Length ? at : 0)..][..length],
                y.Slice(at, length),
                lanes);
    }
}
