// Derived from src/Generator/Layers/ELU.cs by a test; change it there and run the tests with MODELGEN_UPDATE=1.
namespace ModelGen;

/// <summary>Exponential linear unit, max(x, 0) + min(0, alpha (exp(x) - 1)), on each value: any shape to the same shape.</summary>
public sealed class ELUAttribute : LayerAttribute
{
    /// <summary>Declares the layer.</summary>
    /// <param name="alpha">What large negative values become, without its sign: a number of at least 0. Default: 1.0.</param>
    public ELUAttribute(double alpha = 1.0)
    {
        Alpha = alpha;
    }

    /// <summary>What large negative values become, without its sign: a number of at least 0. Default: 1.0.</summary>
    public double Alpha { get; }
}
