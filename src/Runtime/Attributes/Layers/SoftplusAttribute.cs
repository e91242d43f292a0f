// Derived from src/Generator/Layers/Softplus.cs by a test; change it there and run the tests with MODELGEN_UPDATE=1.
namespace ModelGen;

/// <summary>Softplus, ln(1 + exp(beta x)) / beta, on each value: any shape to the same shape.</summary>
public sealed class SoftplusAttribute : LayerAttribute
{
    /// <summary>Declares the layer.</summary>
    /// <param name="beta">How sharply it bends at zero: a number above 0. Default: 1.0.</param>
    /// <param name="threshold">Where beta x is above it, x itself comes out: exp would overflow: a number of at least 0. Default: 20.0.</param>
    public SoftplusAttribute(double beta = 1.0, double threshold = 20.0)
    {
        Beta = beta;
        Threshold = threshold;
    }

    /// <summary>How sharply it bends at zero: a number above 0. Default: 1.0.</summary>
    public double Beta { get; }

    /// <summary>Where beta x is above it, x itself comes out: exp would overflow: a number of at least 0. Default: 20.0.</summary>
    public double Threshold { get; }
}
