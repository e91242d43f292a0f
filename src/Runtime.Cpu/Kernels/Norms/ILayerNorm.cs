namespace ModelGen.Cpu.Kernels;

/// <summary>A normalisation of rows, as PyTorch's <c>LayerNorm</c>.</summary>
public interface ILayerNorm
{
    /// <summary>Rows of a sample.</summary>
    public static virtual int Rows => 1;

    /// <summary>Values that are normalised together.</summary>
    public static abstract int Length { get; }

    /// <summary>Added to the variance.</summary>
    public static virtual double Epsilon => 1e-5;

    /// <summary>Whether each value is multiplied by a trained one.</summary>
    public static virtual bool HasWeight => true;

    /// <summary>Whether a trained value is added to each.</summary>
    public static virtual bool HasBias => true;
}

/// <summary>A normalisation of rows by their mean square, as PyTorch's <c>RMSNorm</c>.</summary>
public interface IRMSNorm
{
    /// <summary>Rows of a sample.</summary>
    public static virtual int Rows => 1;

    /// <summary>Values that are normalised together.</summary>
    public static abstract int Length { get; }

    /// <summary>Added to the mean square. The default is 2^-23, the distance from 1 to the next float32.</summary>
    public static virtual double Epsilon => 1.1920928955078125e-07;

    /// <summary>Whether each value is multiplied by a trained one.</summary>
    public static virtual bool HasWeight => true;
}
