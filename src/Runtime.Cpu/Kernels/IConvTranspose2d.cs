namespace ModelGen.Cpu.Kernels;

/// <summary>A transposed convolution over an image, which enlarges it, as PyTorch's <c>ConvTranspose2d</c>.</summary>
public interface IConvTranspose2d
{
    /// <summary>Rows of the input.</summary>
    public static abstract int Height { get; }

    /// <summary>Columns of the input.</summary>
    public static abstract int Width { get; }

    /// <summary>Channels of the input.</summary>
    public static abstract int InChannels { get; }

    /// <summary>Rows of the output, <c>output_padding</c> among them.</summary>
    public static abstract int OutHeight { get; }

    /// <summary>Columns of the output.</summary>
    public static abstract int OutWidth { get; }

    /// <summary>Channels of the output.</summary>
    public static abstract int OutChannels { get; }

    /// <summary>Rows of the window.</summary>
    public static abstract int KernelHeight { get; }

    /// <summary>Columns of the window.</summary>
    public static abstract int KernelWidth { get; }

    /// <summary>Rows of the output from one row of the input to the next.</summary>
    public static virtual int StrideHeight => 1;

    /// <summary>Columns of the output from one column of the input to the next.</summary>
    public static virtual int StrideWidth => 1;

    /// <summary>Rows taken off above the output.</summary>
    public static virtual int PaddingTop => 0;

    /// <summary>Columns taken off before the output.</summary>
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
