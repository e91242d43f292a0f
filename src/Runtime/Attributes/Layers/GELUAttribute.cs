// Derived from src/Generator/Layers/GELU.cs by a test; change it there and run the tests with MODELGEN_UPDATE=1.
namespace ModelGen;

/// <summary>Gaussian error linear unit, x times the normal distribution function of x, on each value: any shape to the same shape.</summary>
public sealed class GELUAttribute : LayerAttribute
{
    /// <summary>Declares the layer.</summary>
    /// <param name="approximate">'tanh' computes 0.5 x (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3))) instead of the exact form: one of 'none', 'tanh'. Default: none.</param>
    public GELUAttribute(string approximate = "none")
    {
        Approximate = approximate;
    }

    /// <summary>'tanh' computes 0.5 x (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3))) instead of the exact form: one of 'none', 'tanh'. Default: none.</summary>
    public string Approximate { get; }
}
