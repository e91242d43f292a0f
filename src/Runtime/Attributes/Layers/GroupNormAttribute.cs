// Derived from src/Generator/Layers/GroupNorm.cs by a test; change it there and run the tests with MODELGEN_UPDATE=1.
namespace ModelGen;

/// <summary>Group normalisation, of neighbouring channels of each sample together: [N, C, …] to the same shape.</summary>
public sealed class GroupNormAttribute : LayerAttribute
{
    /// <summary>Declares the layer.</summary>
    /// <param name="numGroups">The number of groups, which divides the channels: a whole number of at least 1.</param>
    public GroupNormAttribute(int numGroups)
    {
        NumGroups = numGroups;
    }

    /// <summary>The number of groups, which divides the channels: a whole number of at least 1.</summary>
    public int NumGroups { get; }

    /// <summary>The number of channels, to have it checked: a whole number of at least 1. Default: the input's.</summary>
    public int NumChannels { get; set; }

    /// <summary>Added to the variance before the square root: a number of at least 0. Default: 1E-05.</summary>
    public double Eps { get; set; } = 1E-05;

    /// <summary>Scales and shifts each channel by trained values: true or false. Default: true.</summary>
    public bool Affine { get; set; } = true;
}
