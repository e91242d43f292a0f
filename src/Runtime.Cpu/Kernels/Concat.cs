using System.Diagnostics;

namespace ModelGen.Cpu.Kernels;

/// <summary>Puts the rows of inputs behind each other.</summary>
/// <typeparam name="T">The layer's constants.</typeparam>
public static class Concat<T>
    where T : struct, IConcat
{
    private static int OutLength => T.First + T.Second + T.Third + T.Fourth;

    /// <summary>The output.</summary>
    /// <param name="a"><c>[rows, first]</c></param>
    /// <param name="b"><c>[rows, second]</c></param>
    /// <param name="y">Is given <c>[rows, first + second]</c>.</param>
    public static void Forward(ReadOnlySpan<float> a, ReadOnlySpan<float> b, Span<float> y)
    {
        Put(a, 0, T.First, y);
        Put(b, T.First, T.Second, y);
    }

    /// <summary>The output.</summary>
    /// <param name="a"><c>[rows, first]</c></param>
    /// <param name="b"><c>[rows, second]</c></param>
    /// <param name="c"><c>[rows, third]</c></param>
    /// <param name="y">Is given <c>[rows, first + second + third]</c>.</param>
    public static void Forward(ReadOnlySpan<float> a, ReadOnlySpan<float> b, ReadOnlySpan<float> c, Span<float> y)
    {
        Forward(a, b, y);
        Put(c, T.First + T.Second, T.Third, y);
    }

    /// <summary>The output.</summary>
    /// <param name="a"><c>[rows, first]</c></param>
    /// <param name="b"><c>[rows, second]</c></param>
    /// <param name="c"><c>[rows, third]</c></param>
    /// <param name="d"><c>[rows, fourth]</c></param>
    /// <param name="y">Is given <c>[rows, first + second + third + fourth]</c>.</param>
    public static void Forward(ReadOnlySpan<float> a, ReadOnlySpan<float> b, ReadOnlySpan<float> c, ReadOnlySpan<float> d, Span<float> y)
    {
        Forward(a, b, c, y);
        Put(d, T.First + T.Second + T.Third, T.Fourth, y);
    }

    /// <summary>The gradients. Each is empty where nobody asks for it.</summary>
    /// <param name="dy">The output's.</param>
    /// <param name="da">Is given the first input's.</param>
    /// <param name="db">Is given the second input's.</param>
    public static void Backward(ReadOnlySpan<float> dy, Span<float> da, Span<float> db)
    {
        Take(dy, 0, T.First, da);
        Take(dy, T.First, T.Second, db);
    }

    /// <summary>The gradients. Each is empty where nobody asks for it.</summary>
    /// <param name="dy">The output's.</param>
    /// <param name="da">Is given the first input's.</param>
    /// <param name="db">Is given the second input's.</param>
    /// <param name="dc">Is given the third input's.</param>
    public static void Backward(ReadOnlySpan<float> dy, Span<float> da, Span<float> db, Span<float> dc)
    {
        Backward(dy, da, db);
        Take(dy, T.First + T.Second, T.Third, dc);
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
        Take(dy, T.First + T.Second + T.Third, T.Fourth, dd);
    }

    private static void Put(ReadOnlySpan<float> x, int first, int length, Span<float> y)
    {
        Debug.Assert(x.Length == T.Rows * length && y.Length == T.Rows * OutLength);
        for (var row = 0; row < T.Rows; row++)
            x.Slice(row * length, length).CopyTo(y.Slice((row * OutLength) + first, length));
    }

    private static void Take(ReadOnlySpan<float> dy, int first, int length, Span<float> dx)
    {
        if (dx.IsEmpty)
            return;
        Debug.Assert(dx.Length == T.Rows * length && dy.Length == T.Rows * OutLength);
        for (var row = 0; row < T.Rows; row++)
            dy.Slice((row * OutLength) + first, length).CopyTo(dx.Slice(row * length, length));
    }
}
