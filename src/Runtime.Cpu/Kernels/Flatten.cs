using System.Diagnostics;

namespace ModelGen.Cpu.Kernels;

/// <summary>One image <c>[height, width, channels]</c> to features <c>[channels * height * width]</c>: the kernels' order of an image is not PyTorch's.</summary>
/// <typeparam name="T">The layer's constants.</typeparam>
public static class Flatten<T>
    where T : struct, IFlatten
{
    /// <summary>The features.</summary>
    /// <param name="x">The image.</param>
    /// <param name="y">Is given the features.</param>
    public static void Forward(ReadOnlySpan<float> x, Span<float> y)
    {
        Debug.Assert(x.Length == T.Height * T.Width * T.Channels && y.Length == x.Length);
        Transpose(x, T.Height * T.Width, T.Channels, y);
    }

    /// <summary>The gradient of the image.</summary>
    /// <param name="dy">The features' gradient.</param>
    /// <param name="dx">Is given the image's gradient.</param>
    public static void Backward(ReadOnlySpan<float> dy, Span<float> dx)
    {
        Debug.Assert(dx.Length == T.Height * T.Width * T.Channels && dy.Length == dx.Length);
        Transpose(dy, T.Channels, T.Height * T.Width, dx);
    }

    // A block of 16 columns is a cache line of each row: it is read before it is gone.
    private static void Transpose(ReadOnlySpan<float> from, int rows, int columns, Span<float> to)
    {
        for (var first = 0; first < columns; first += 16)
        {
            var end = Math.Min(columns, first + 16);
            for (var column = first; column < end; column++)
            {
                var line = to.Slice(column * rows, rows);
                for (int row = 0, place = column; row < line.Length; row++, place += columns)
                    line[row] = from[place];
            }
        }
    }
}
