namespace ModelGen.Cpu.Kernels;

/// <summary>An average over each window of an image, as PyTorch's <c>AvgPool2d</c>; zeros are added around it.</summary>
public interface IAvgPool2d
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

    /// <summary>Whether an average counts the zeros that were added.</summary>
    public static virtual bool CountsPadding => true;
}
