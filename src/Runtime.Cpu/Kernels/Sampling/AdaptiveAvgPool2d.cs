using System.Diagnostics;
using ModelGen.Cpu.Simd;

namespace ModelGen.Cpu.Kernels;

/// <summary>The average under windows sized so that the output has its size.</summary>
/// <typeparam name="T">The layer's constants.</typeparam>
public static class AdaptiveAvgPool2d<T>
    where T : struct, IAdaptivePool2d
{
    /// <summary>The output.</summary>
    /// <param name="x"><c>[height, width, channels]</c></param>
    /// <param name="y">Is given <c>[out height, out width, channels]</c>.</param>
    public static void Forward(ReadOnlySpan<float> x, Span<float> y) => Forward(x, y, Columns.Widest);

    /// <summary>The gradient.</summary>
    /// <param name="dy">The output's.</param>
    /// <param name="dx">Is given the input's.</param>
    public static void Backward(ReadOnlySpan<float> dy, Span<float> dx) => Backward(dy, dx, Columns.Widest);

    internal static void Forward(ReadOnlySpan<float> x, Span<float> y, int lanes)
    {
        Debug.Assert(x.Length == T.Height * T.Width * T.Channels && y.Length == T.OutHeight * T.OutWidth * T.Channels);
        for (var place = 0; place < T.OutHeight * T.OutWidth; place++)
        {
            var (rows, columns) = Window(place);
            var average = y.Slice(place * T.Channels, T.Channels);
            average.Clear();
            for (var row = rows.First; row < rows.End; row++)
            {
                for (var column = columns.First; column < columns.End; column++)
                    Elementwise.Pair(default(Sum), x.Slice(((row * T.Width) + column) * T.Channels, T.Channels), average, average, lanes);
            }

            Elementwise.Pair(new Scaled(1f / (rows.Count * columns.Count)), average, average, average, lanes);
        }
    }

    internal static void Backward(ReadOnlySpan<float> dy, Span<float> dx, int lanes)
    {
        Debug.Assert(dx.Length == T.Height * T.Width * T.Channels && dy.Length == T.OutHeight * T.OutWidth * T.Channels);
        dx.Clear();
        for (var place = 0; place < T.OutHeight * T.OutWidth; place++)
        {
            var (rows, columns) = Window(place);
            var gradient = dy.Slice(place * T.Channels, T.Channels);
            for (var row = rows.First; row < rows.End; row++)
            {
                for (var column = columns.First; column < columns.End; column++)
                {
                    var pixel = dx.Slice(((row * T.Width) + column) * T.Channels, T.Channels);
                    Elementwise.Pair(new ScaledAddition(1f / (rows.Count * columns.Count)), gradient, pixel, pixel, lanes);
                }
            }
        }
    }

    private static (AdaptiveWindow Rows, AdaptiveWindow Columns) Window(int place) =>
        (AdaptiveWindow.Of(place / T.OutWidth, T.Height, T.OutHeight), AdaptiveWindow.Of(place % T.OutWidth, T.Width, T.OutWidth));
}
