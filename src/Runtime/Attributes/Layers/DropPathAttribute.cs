// Derived from src/Generator/Layers/DropPath.cs by a test; change it there and run the tests with MODELGEN_UPDATE=1.
namespace ModelGen;

/// <summary>In training, sets whole samples to zero with probability p and scales the rest by 1 / (1 - p): stochastic depth, before an add; any shape to the same shape.</summary>
public sealed class DropPathAttribute : LayerAttribute
{
    /// <summary>Declares the layer.</summary>
    /// <param name="p">The probability of a sample to be dropped: a number from 0 to 1. Default: 0.5.</param>
    public DropPathAttribute(double p = 0.5)
    {
        P = p;
    }

    /// <summary>The probability of a sample to be dropped: a number from 0 to 1. Default: 0.5.</summary>
    public double P { get; }
}
