namespace ModelGen.Cpu.Kernels;

/// <summary>A squeeze and excitation (Hu et al. 2018), as torchvision's <c>SqueezeExcitation</c>.</summary>
public interface ISqueezeExcite
{
    /// <summary>Rows of the image.</summary>
    public static abstract int Height { get; }

    /// <summary>Columns of the image.</summary>
    public static abstract int Width { get; }

    /// <summary>Channels of the image.</summary>
    public static abstract int Channels { get; }

    /// <summary>Values between the two products.</summary>
    public static abstract int SqueezeChannels { get; }
}
