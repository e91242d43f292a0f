namespace ModelGen.Cpu.Kernels;

/// <summary>A normalisation of each value by its neighbouring channels, as PyTorch's <c>LocalResponseNorm</c>.</summary>
public interface ILocalResponseNorm
{
    /// <summary>Pixels of the image.</summary>
    public static abstract int Pixels { get; }

    /// <summary>Channels of each.</summary>
    public static abstract int Channels { get; }

    /// <summary>How many neighbouring channels are taken.</summary>
    public static abstract int Size { get; }

    /// <summary>The factor of the mean square.</summary>
    public static virtual double Alpha => 1e-4;

    /// <summary>The exponent.</summary>
    public static virtual double Beta => 0.75;

    /// <summary>Added to the mean square.</summary>
    public static virtual double K => 1;
}
