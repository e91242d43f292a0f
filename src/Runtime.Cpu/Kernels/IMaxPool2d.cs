namespace ModelGen.Cpu.Kernels;

/// <summary>A max-pool over an image, as PyTorch's <c>MaxPool2d</c>; what is added around the image never wins.</summary>
public interface IMaxPool2d
{
    /// <summary>Rows of the input.</summary>
    public static abstract int Height { get; }

    /// <summary>Columns of the input.</summary>
    public static abstract int Width { get; }

    /// <summary>Channels.</summary>
    public static abstract int Channels { get; }

    /// <summary>Rows of the output: in ceil mode one more, where the last windows are not complete.</summary>
    public static abstract int OutHeight { get; }

    /// <summary>Columns of the output.</summary>
    public static abstract int OutWidth { get; }

    /// <summary>Rows of the window.</summary>
    public static abstract int KernelHeight { get; }

    /// <summary>Columns of the window.</summary>
    public static abstract int KernelWidth { get; }

    /// <summary>Rows from one place of the window to the next.</summary>
    public static abstract int StrideHeight { get; }

    /// <summary>Columns from one place of the window to the next.</summary>
    public static abstract int StrideWidth { get; }

    /// <summary>Rows added above, and below.</summary>
    public static virtual int PaddingHeight => 0;

    /// <summary>Columns added on the left, and on the right.</summary>
    public static virtual int PaddingWidth => 0;

    /// <summary>Rows from one of the window's values to the next.</summary>
    public static virtual int DilationHeight => 1;

    /// <summary>Columns from one of the window's values to the next.</summary>
    public static virtual int DilationWidth => 1;
}
