// Derived from src/Generator/Layers/BatchNorm3d.cs by a test; change it there and run the tests with MODELGEN_UPDATE=1.
namespace ModelGen;

/// <summary>Batch normalisation of each channel: [N, C, D, H, W] to the same shape.</summary>
public sealed class BatchNorm3dAttribute : LayerAttribute
{
    /// <summary>The number of channels, to have it checked: a whole number of at least 1. Default: the input's.</summary>
    public int NumFeatures { get; set; }

    /// <summary>Added to the variance before the square root: a number of at least 0. Default: 1E-05.</summary>
    public double Eps { get; set; } = 1E-05;

    /// <summary>The share of the newest batch in the running mean and variance: a number from 0 to 1. Default: 0.1.</summary>
    public double Momentum { get; set; } = 0.1;

    /// <summary>Scales and shifts each channel by trained values: true or false. Default: true.</summary>
    public bool Affine { get; set; } = true;

    /// <summary>Keeps a running mean and variance and uses them in evaluation, where otherwise the input's own are used as in training: true or false. Default: true.</summary>
    public bool TrackRunningStats { get; set; } = true;
}
