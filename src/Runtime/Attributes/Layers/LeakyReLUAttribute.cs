// Derived from src/Generator/Layers/LeakyReLU.cs by a test; change it there and run the tests with MODELGEN_UPDATE=1.
namespace ModelGen;

/// <summary>Leaky rectified linear unit, max(x, 0) + negative_slope min(x, 0), on each value: any shape to the same shape.</summary>
public sealed class LeakyReLUAttribute : LayerAttribute
{
    /// <summary>Declares the layer.</summary>
    /// <param name="negativeSlope">The slope below zero: a number of at least 0. Default: 0.01.</param>
    public LeakyReLUAttribute(double negativeSlope = 0.01)
    {
        NegativeSlope = negativeSlope;
    }

    /// <summary>The slope below zero: a number of at least 0. Default: 0.01.</summary>
    public double NegativeSlope { get; }
}
