namespace ModelGen.Cpu.Kernels;

/// <summary>
/// A convolution over an image, as PyTorch's <c>Conv2d</c>, padded with zeros. Also a transposed one, as <c>ConvTranspose2d</c>: the window then moves over the
/// output, and strides, padding and dilation are the output's.
/// </summary>
public interface IConv2d
{
    /// <summary>Rows of the input.</summary>
    public static abstract int Height { get; }

    /// <summary>Columns of the input.</summary>
    public static abstract int Width { get; }

    /// <summary>Channels of the input.</summary>
    public static abstract int InChannels { get; }

    /// <summary>Rows of the output. With the padding above they say how many rows of zeros lie below; of a transposed convolution they count <c>output_padding</c>.</summary>
    public static abstract int OutHeight { get; }

    /// <summary>Columns of the output.</summary>
    public static abstract int OutWidth { get; }

    /// <summary>Channels of the output.</summary>
    public static abstract int OutChannels { get; }

    /// <summary>Rows of the window.</summary>
    public static abstract int KernelHeight { get; }

    /// <summary>Columns of the window.</summary>
    public static abstract int KernelWidth { get; }

    /// <summary>Rows from one place of the window to the next.</summary>
    public static virtual int StrideHeight => 1;

    /// <summary>Columns from one place of the window to the next.</summary>
    public static virtual int StrideWidth => 1;

    /// <summary>Rows of zeros above the image: rows that a transposed convolution takes off above its output.</summary>
    public static virtual int PaddingTop => 0;

    /// <summary>Columns of zeros left of the image, likewise.</summary>
    public static virtual int PaddingLeft => 0;

    /// <summary>Rows from one of the window's values to the next.</summary>
    public static virtual int DilationHeight => 1;

    /// <summary>Columns from one of the window's values to the next.</summary>
    public static virtual int DilationWidth => 1;

    /// <summary>Groups of channels that do not see each other.</summary>
    public static virtual int Groups => 1;

    /// <summary>Whether a trained value is added to each output channel.</summary>
    public static virtual bool HasBias => true;
}
