namespace ModelGen.Cpu.Kernels;

/// <summary>A normalisation of neighbouring channels of one image together, as PyTorch's <c>GroupNorm</c> and <c>InstanceNorm2d</c>.</summary>
public interface IGroupNorm
{
    /// <summary>Rows of the image; 1 for features.</summary>
    public static virtual int Height => 1;

    /// <summary>Columns of the image; 1 for features.</summary>
    public static virtual int Width => 1;

    /// <summary>Channels of the image.</summary>
    public static abstract int Channels { get; }

    /// <summary>Groups of channels, which divide them.</summary>
    public static abstract int Groups { get; }

    /// <summary>Added to the variance.</summary>
    public static virtual double Epsilon => 1e-5;

    /// <summary>Whether each channel is multiplied by a trained value and another one is added.</summary>
    public static virtual bool HasWeight => true;
}
