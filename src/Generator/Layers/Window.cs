using System.Collections.Generic;
using System.Globalization;
using ModelGen.Diagnostics;
using ModelGen.Graph;

namespace ModelGen.Layers;

/// <summary>
/// The arithmetic of a window that slides over an image, as convolutions and pools share it. Along one direction it stops at
/// <c>floor((size + 2 padding - dilation (kernel - 1) - 1) / stride) + 1</c> places (PyTorch, nn.Conv2d); a pool in ceil mode
/// rounds up, but never starts a window beyond the image and its left padding (PyTorch, pooling_output_shape).
/// </summary>
internal readonly record struct Window(Size2 Kernel, Size2 Stride, Size2 Padding, Size2 Dilation, bool CeilMode = false)
{
    public static readonly Size2 One = new(1, 1);

    /// <summary>The output <c>[channels, H, W]</c> over an input <c>[C, H, W]</c>.</summary>
    /// <param name="input">The input, of rank 4 with its batch.</param>
    /// <param name="channels">The output's channels.</param>
    /// <param name="kernel">The parameter to point at when the window does not fit.</param>
    public Inference Slide(TensorShape input, long channels, Parameter kernel)
    {
        var height = Places(input[1], Kernel.Height, Stride.Height, Padding.Height, Dilation.Height);
        var width = Places(input[2], Kernel.Width, Stride.Width, Padding.Width, Dilation.Width);
        if (height < 1)
            return TooSmall("rows", input, input[1], Kernel.Height, Padding.Height, Dilation.Height, kernel);
        if (width < 1)
            return TooSmall("columns", input, input[2], Kernel.Width, Padding.Width, Dilation.Width, kernel);
        return TensorShape.Of(channels, height, width);
    }

    /// <summary>TorchSharp's arguments behind the kernel, defaults left out; all square, or all as (height, width).</summary>
    public IEnumerable<string> TorchArguments(Size2 defaultStride)
    {
        if (Stride != defaultStride)
            yield return "stride: " + Torch(Stride);
        if (Padding != default)
            yield return "padding: " + Torch(Padding);
        if (Dilation != One)
            yield return "dilation: " + Torch(Dilation);
    }

    public string Torch(Size2 size) => size.Torch(asPair: !(Kernel.IsSquare && Stride.IsSquare && Padding.IsSquare && Dilation.IsSquare));

    private long Places(long size, long kernel, long stride, long padding, long dilation)
    {
        // All factors are at most 2^31, so nothing here leaves 64 bits.
        var room = size + (2 * padding) - (dilation * (kernel - 1)) - 1 + (CeilMode ? stride - 1 : 0);
        if (room < 0)
            return 0;
        var places = (room / stride) + 1;
        return CeilMode && (places - 1) * stride >= size + padding ? places - 1 : places;
    }

    private static Inference TooSmall(string what, TensorShape input, long size, long kernel, long padding, long dilation, Parameter blamed)
    {
        var span = (dilation * (kernel - 1)) + 1;
        var arithmetic = string.Format(CultureInfo.InvariantCulture, padding == 0
            ? "a window of {0} does not fit into {1} {3}"
            : "a window of {0} does not fit into {1} {3} with {2} of padding on either side", span, size, padding, what);
        return Inference.Broken(Rules.SizeBelowOne, blamed, what, input.ToString(), arithmetic);
    }
}
