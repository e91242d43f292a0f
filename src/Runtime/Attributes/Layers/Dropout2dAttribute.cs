// Derived from src/Generator/Layers/Dropout2d.cs by a test; change it there and run the tests with MODELGEN_UPDATE=1.
namespace ModelGen;

/// <summary>In training, sets each channel of each sample to zero with probability p and scales the rest by 1 / (1 - p): [N, C, H, W] to the same shape.</summary>
public sealed class Dropout2dAttribute : LayerAttribute
{
    /// <summary>Declares the layer.</summary>
    /// <param name="p">The probability of a channel to be dropped: a number from 0 to 1. Default: 0.5.</param>
    public Dropout2dAttribute(double p = 0.5)
    {
        P = p;
    }

    /// <summary>The probability of a channel to be dropped: a number from 0 to 1. Default: 0.5.</summary>
    public double P { get; }
}
