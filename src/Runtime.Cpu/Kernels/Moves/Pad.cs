using System.Diagnostics;
using ModelGen.Cpu.Simd;

namespace ModelGen.Cpu.Kernels;

/// <summary>Adds values around an image, or cuts some off.</summary>
/// <typeparam name="T">The layer's constants.</typeparam>
/// <typeparam name="TPadding">What the added values are.</typeparam>
public static class Pad<T, TPadding>
    where T : struct, IPad
    where TPadding : struct, IPadding
{
    /// <summary>The output.</summary>
    /// <param name="x"><c>[height, width, channels]</c></param>
    /// <param name="y">Is given <c>[out height, out width, channels]</c>.</param>
    public static void Forward(ReadOnlySpan<float> x, Span<float> y)
    {
        Debug.Assert(x.Length == T.Height * T.Width * T.Channels && y.Length == T.OutHeight * T.OutWidth * T.Channels);
        for (var place = 0; place < T.OutHeight * T.OutWidth; place++)
        {
            var pixel = y.Slice(place * T.Channels, T.Channels);
            if (Source(place) is var source && source < 0)
                pixel.Fill((float)T.Value);
            else
                x.Slice(source, T.Channels).CopyTo(pixel);
        }
    }

    /// <summary>The gradient.</summary>
    /// <param name="dy">The output's.</param>
    /// <param name="dx">Is given the input's.</param>
    public static void Backward(ReadOnlySpan<float> dy, Span<float> dx)
    {
        Debug.Assert(dx.Length == T.Height * T.Width * T.Channels && dy.Length == T.OutHeight * T.OutWidth * T.Channels);
        dx.Clear();
        for (var place = 0; place < T.OutHeight * T.OutWidth; place++)
        {
            if (Source(place) is not (>= 0 and var source))
                continue;
            var pixel = dx.Slice(source, T.Channels);
            Elementwise.Pair(default(Sum), dy.Slice(place * T.Channels, T.Channels), pixel, pixel, Columns.Widest);
        }
    }

    private static int Source(int place)
    {
        var (row, column) = (Source((place / T.OutWidth) - T.Top, T.Height), Source((place % T.OutWidth) - T.Left, T.Width));
        return row < 0 || column < 0 ? -1 : ((row * T.Width) + column) * T.Channels;
    }

    private static int Source(int place, int size) => place >= 0 && place < size ? place : TPadding.Source(place, size);
}
