// Derived from src/Generator/Layers/AlphaDropout.cs by a test; change it there and run the tests with MODELGEN_UPDATE=1.
namespace ModelGen;

/// <summary>Dropout behind selu: in training, sets each value to selu's lower end, -1.7581, with probability p, then scales and shifts all so that mean 0 and variance 1 stay; any shape to the same shape.</summary>
public sealed class AlphaDropoutAttribute : LayerAttribute
{
    /// <summary>Declares the layer.</summary>
    /// <param name="p">The probability of a value to be dropped: a number from 0 to 1. Default: 0.5.</param>
    public AlphaDropoutAttribute(double p = 0.5)
    {
        P = p;
    }

    /// <summary>The probability of a value to be dropped: a number from 0 to 1. Default: 0.5.</summary>
    public double P { get; }
}
