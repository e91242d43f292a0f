// Derived from src/Generator/Layers/RMSNorm.cs by a test; change it there and run the tests with MODELGEN_UPDATE=1.
namespace ModelGen;

/// <summary>Root mean square normalisation, x / sqrt(mean(x^2) + eps) weight over the last normalized_dims dimensions: any shape to the same shape.</summary>
public sealed class RMSNormAttribute : LayerAttribute
{
    /// <summary>Declares the layer.</summary>
    /// <param name="normalizedDims">How many dimensions from the last one on are normalised together: a whole number of at least 1. Default: 1.</param>
    public RMSNormAttribute(int normalizedDims = 1)
    {
        NormalizedDims = normalizedDims;
    }

    /// <summary>How many dimensions from the last one on are normalised together: a whole number of at least 1. Default: 1.</summary>
    public int NormalizedDims { get; }

    /// <summary>Added to the mean square before the root: a number of at least 0. Default: 1.1920928955078125E-07.</summary>
    public double Eps { get; set; } = 1.1920928955078125E-07;

    /// <summary>Scales each value along the normalised dimensions by a trained one: true or false. Default: true.</summary>
    public bool ElementwiseAffine { get; set; } = true;
}
