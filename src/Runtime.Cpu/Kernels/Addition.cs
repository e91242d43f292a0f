using System.Diagnostics;
using ModelGen.Cpu.Simd;

namespace ModelGen.Cpu.Kernels;

/// <summary>Sums of gradients, for a value that several layers take.</summary>
public static class Addition
{
    /// <summary>Adds each value to its sum.</summary>
    /// <param name="addend">The values.</param>
    /// <param name="sum">As many sums.</param>
    public static void Add(ReadOnlySpan<float> addend, Span<float> sum)
    {
        Debug.Assert(addend.Length == sum.Length);
        Elementwise.Pair(default(Sum), addend, sum, sum, Columns.Widest);
    }
}

/// <summary>The sum of two to four inputs.</summary>
/// <typeparam name="T">The layer's constants.</typeparam>
public static class Addition<T>
    where T : struct, IMerge
{
    /// <summary>The output.</summary>
    /// <param name="a">An input.</param>
    /// <param name="b">Another one.</param>
    /// <param name="y">Is given the sum.</param>
    public static void Forward(ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> y) => Forward(a, b, y, Columns.Widest);

    /// <summary>The output.</summary>
    /// <param name="a">An input.</param>
    /// <param name="b">Another one.</param>
    /// <param name="c">A third.</param>
    /// <param name="y">Is given the sum.</param>
    public static void Forward(ReadOnlySpan<float> a, ReadOnlySpan<float> b, ReadOnlySpan<float> c, Span<float> y)
    {
        Forward(a, b, y);
        Forward(y, c, y);
    }

    /// <summary>The output.</summary>
    /// <param name="a">An input.</param>
    /// <param name="b">Another one.</param>
    /// <param name="c">A third.</param>
    /// <param name="d">A fourth.</param>
    /// <param name="y">Is given the sum.</param>
    public static void Forward(ReadOnlySpan<float> a, ReadOnlySpan<float> b, ReadOnlySpan<float> c, ReadOnlySpan<float> d, Span<float> y)
    {
        Forward(a, b, c, y);
        Forward(y, d, y);
    }

    /// <summary>The gradients. Each is empty where nobody asks for it.</summary>
    /// <param name="dy">The output's.</param>
    /// <param name="da">Is given the first input's.</param>
    /// <param name="db">Is given the second input's.</param>
    public static void Backward(ReadOnlySpan<float> dy, Span<float> da, Span<float> db)
    {
        Backward(dy, da, Columns.Widest);
        Backward(dy, db, Columns.Widest);
    }

    /// <summary>The gradients. Each is empty where nobody asks for it.</summary>
    /// <param name="dy">The output's.</param>
    /// <param name="da">Is given the first input's.</param>
    /// <param name="db">Is given the second input's.</param>
    /// <param name="dc">Is given the third input's.</param>
    public static void Backward(ReadOnlySpan<float> dy, Span<float> da, Span<float> db, Span<float> dc)
    {
        Backward(dy, da, db);
        Backward(dy, dc, Columns.Widest);
    }

    /// <summary>The gradients. Each is empty where nobody asks for it.</summary>
    /// <param name="dy">The output's.</param>
    /// <param name="da">Is given the first input's.</param>
    /// <param name="db">Is given the second input's.</param>
    /// <param name="dc">Is given the third input's.</param>
    /// <param name="dd">Is given the fourth input's.</param>
    public static void Backward(ReadOnlySpan<float> dy, Span<float> da, Span<float> db, Span<float> dc, Span<float> dd)
    {
        Backward(dy, da, db, dc);
        Backward(dy, dd, Columns.Widest);
    }

    internal static void Forward(ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> y, int lanes) => Repeated.Pair(default(Sum), a, b, y, lanes);

    internal static void Backward(ReadOnlySpan<float> dy, Span<float> dx, int lanes)
    {
        Debug.Assert(dy.Length == T.Length && (dx.IsEmpty || T.Length % dx.Length == 0));
        if (dx.IsEmpty)
            return;
        dy[..dx.Length].CopyTo(dx);
        for (var at = dx.Length; at < T.Length; at += dx.Length)
            Elementwise.Pair(default(Sum), dy.Slice(at, dx.Length), dx, dx, lanes);
    }
}
