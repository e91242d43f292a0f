namespace ModelGen.Cpu.Kernels;

/// <summary>A pool of an image whose windows follow from the output's size, as PyTorch's <c>AdaptiveAvgPool2d</c> and <c>AdaptiveMaxPool2d</c>.</summary>
public interface IAdaptivePool2d
{
    /// <summary>Rows of the input.</summary>
    public static abstract int Height { get; }

    /// <summary>Columns of the input.</summary>
    public static abstract int Width { get; }

    /// <summary>Channels of both.</summary>
    public static abstract int Channels { get; }

    /// <summary>Rows of the output.</summary>
    public static abstract int OutHeight { get; }

    /// <summary>Columns of the output.</summary>
    public static abstract int OutWidth { get; }
}
