namespace ModelGen.Cpu.Kernels;

/// <summary>An image that is made larger or smaller, as PyTorch's <c>Upsample</c>.</summary>
public interface IUpsample
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

    /// <summary>How many times larger the output is.</summary>
    public static abstract double ScaleFactor { get; }

    /// <summary>Whether the corners of input and output are the same points.</summary>
    public static virtual bool AlignCorners => false;
}
