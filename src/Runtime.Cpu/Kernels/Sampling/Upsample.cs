using System.Diagnostics;

namespace ModelGen.Cpu.Kernels;

/// <summary>Enlarges an image.</summary>
/// <typeparam name="T">The layer's constants.</typeparam>
/// <typeparam name="TInterpolation">How values between the input's are found.</typeparam>
public static class Upsample<T, TInterpolation>
    where T : struct, IUpsample
    where TInterpolation : struct, IInterpolation
{
    private static UpsampleAxis Rows => new(T.Height, T.OutHeight, T.ScaleFactor, T.AlignCorners);

    // An image of the same size is the same, though its factor is not quite 1 and a cubic curve would move it.
    private static bool IsSame => T.OutHeight == T.Height && T.OutWidth == T.Width;

    private static UpsampleAxis Columns => new(T.Width, T.OutWidth, T.ScaleFactor, T.AlignCorners);

    /// <summary>The output.</summary>
    /// <param name="x"><c>[height, width, channels]</c></param>
    /// <param name="y">Is given <c>[out height, out width, channels]</c>.</param>
    public static void Forward(ReadOnlySpan<float> x, Span<float> y) => Forward(x, y, Simd.Columns.Widest);

    /// <summary>The gradient.</summary>
    /// <param name="dy">The output's.</param>
    /// <param name="dx">Is given the input's.</param>
    public static void Backward(ReadOnlySpan<float> dy, Span<float> dx) => Backward(dy, dx, Simd.Columns.Widest);

    internal static void Forward(ReadOnlySpan<float> x, Span<float> y, int lanes)
    {
        Debug.Assert(x.Length == T.Height * T.Width * T.Channels && y.Length == T.OutHeight * T.OutWidth * T.Channels);
        if (IsSame)
        {
            x.CopyTo(y);
            return;
        }

        y.Clear();
        for (var place = 0; place < T.OutHeight * T.OutWidth; place++)
        {
            var pixel = y.Slice(place * T.Channels, T.Channels);
            for (var tap = 0; tap < TInterpolation.Taps * TInterpolation.Taps; tap++)
            {
                var (source, weight) = Tap(place, tap);
                Elementwise.Pair(new ScaledAddition(weight), x.Slice(source, T.Channels), pixel, pixel, lanes);
            }
        }
    }

    internal static void Backward(ReadOnlySpan<float> dy, Span<float> dx, int lanes)
    {
        Debug.Assert(dx.Length == T.Height * T.Width * T.Channels && dy.Length == T.OutHeight * T.OutWidth * T.Channels);
        if (IsSame)
        {
            dy.CopyTo(dx);
            return;
        }

        dx.Clear();
        for (var place = 0; place < T.OutHeight * T.OutWidth; place++)
        {
            var gradient = dy.Slice(place * T.Channels, T.Channels);
            for (var tap = 0; tap < TInterpolation.Taps * TInterpolation.Taps; tap++)
            {
                var (source, weight) = Tap(place, tap);
                var pixel = dx.Slice(source, T.Channels);
                Elementwise.Pair(new ScaledAddition(weight), gradient, pixel, pixel, lanes);
            }
        }
    }

    private static (int Source, float Weight) Tap(int place, int tap)
    {
        var row = TInterpolation.Tap(Rows, place / T.OutWidth, tap / TInterpolation.Taps);
        var column = TInterpolation.Tap(Columns, place % T.OutWidth, tap % TInterpolation.Taps);
        return (((row.Index * T.Width) + column.Index) * T.Channels, row.Weight * column.Weight);
    }
}
