namespace ModelGen.Cpu.Kernels;

/// <summary>An image as a vector of features, in PyTorch's order: channel by channel.</summary>
public interface IFlatten
{
    /// <summary>Rows of the image.</summary>
    public static abstract int Height { get; }

    /// <summary>Columns of the image.</summary>
    public static abstract int Width { get; }

    /// <summary>Channels.</summary>
    public static abstract int Channels { get; }
}
