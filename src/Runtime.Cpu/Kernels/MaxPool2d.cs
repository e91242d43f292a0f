using System.Diagnostics;
using ModelGen.Cpu.Simd;

namespace ModelGen.Cpu.Kernels;

/// <summary>A max-pool over one image, <c>[height, width, channels]</c> to <c>[out height, out width, channels]</c>.</summary>
/// <typeparam name="T">The layer's constants.</typeparam>
public static class MaxPool2d<T>
    where T : struct, IMaxPool2d
{
    private static readonly PooledImage Image = new(
        new WindowAxis(T.Height, T.OutHeight, T.KernelHeight, T.StrideHeight, T.PaddingHeight, T.DilationHeight),
        new WindowAxis(T.Width, T.OutWidth, T.KernelWidth, T.StrideWidth, T.PaddingWidth, T.DilationWidth),
        T.Channels);

    /// <summary>The largest value under each window.</summary>
    /// <param name="x">The image.</param>
    /// <param name="y">Is given the pooled image.</param>
    public static void Forward(ReadOnlySpan<float> x, Span<float> y)
    {
        Debug.Assert(x.Length == Image.Length && y.Length == Image.OutLength);
        var loop = new MaxPoolForward(Image, x, y);
        Columns.Run(ref loop, T.Channels, Columns.Widest);
    }

    /// <summary>The gradient of the image: of equal values under a window, the first one's.</summary>
    /// <param name="dy">The gradient of the pooled image.</param>
    /// <param name="x">The image.</param>
    /// <param name="y">The pooled image.</param>
    /// <param name="dx">Is given the image's gradient.</param>
    public static void Backward(ReadOnlySpan<float> dy, ReadOnlySpan<float> x, ReadOnlySpan<float> y, Span<float> dx)
    {
        Debug.Assert(dy.Length == Image.OutLength && x.Length == Image.Length && y.Length == Image.OutLength && dx.Length == Image.Length);
        dx.Clear();
        var loop = new MaxPoolBackward(Image, dy, x, y, dx);
        Columns.Run(ref loop, T.Channels, Columns.Widest);
    }
}
