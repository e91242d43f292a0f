using System.Diagnostics;
using ModelGen.Cpu.Simd;

namespace ModelGen.Cpu.Kernels;

/// <summary>The average under each window of one image, <c>[height, width, channels]</c> to <c>[out height, out width, channels]</c>.</summary>
/// <typeparam name="T">The layer's constants.</typeparam>
public static class AvgPool2d<T>
    where T : struct, IAvgPool2d
{
    private static readonly PooledImage Image = new(
        new WindowAxis(T.Height, T.OutHeight, T.KernelHeight, T.StrideHeight, T.PaddingHeight, 1),
        new WindowAxis(T.Width, T.OutWidth, T.KernelWidth, T.StrideWidth, T.PaddingWidth, 1),
        T.Channels);

    /// <summary>The average under each window.</summary>
    /// <param name="x">The image.</param>
    /// <param name="y">Is given the pooled image.</param>
    public static void Forward(ReadOnlySpan<float> x, Span<float> y)
    {
        Debug.Assert(x.Length == Image.Length && y.Length == Image.OutLength);
        var loop = new AvgPoolForward(Image, T.CountsPadding, x, y);
        Columns.Run(ref loop, T.Channels, Columns.Widest);
    }

    /// <summary>The gradient of the image.</summary>
    /// <param name="dy">The gradient of the pooled image.</param>
    /// <param name="dx">Is given the image's gradient.</param>
    public static void Backward(ReadOnlySpan<float> dy, Span<float> dx)
    {
        Debug.Assert(dy.Length == Image.OutLength && dx.Length == Image.Length);
        dx.Clear();
        var loop = new AvgPoolBackward(Image, T.CountsPadding, dy, dx);
        Columns.Run(ref loop, T.Channels, Columns.Widest);
    }
}
