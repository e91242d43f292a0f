// Derived from src/Generator/Layers/CELU.cs by a test; change it there and run the tests with MODELGEN_UPDATE=1.
namespace ModelGen;

/// <summary>Continuously differentiable exponential linear unit, max(x, 0) + min(0, alpha (exp(x / alpha) - 1)), on each value: any shape to the same shape.</summary>
public sealed class CELUAttribute : LayerAttribute
{
    /// <summary>Declares the layer.</summary>
    /// <param name="alpha">What large negative values become, without its sign: a number above 0. Default: 1.0.</param>
    public CELUAttribute(double alpha = 1.0)
    {
        Alpha = alpha;
    }

    /// <summary>What large negative values become, without its sign: a number above 0. Default: 1.0.</summary>
    public double Alpha { get; }
}
