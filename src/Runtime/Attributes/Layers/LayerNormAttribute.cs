// Derived from src/Generator/Layers/LayerNorm.cs by a test; change it there and run the tests with MODELGEN_UPDATE=1.
namespace ModelGen;

/// <summary>Layer normalisation, (x - mean) / sqrt(variance + eps) weight + bias over the last normalized_dims dimensions: any shape to the same shape.</summary>
public sealed class LayerNormAttribute : LayerAttribute
{
    /// <summary>Declares the layer.</summary>
    /// <param name="normalizedDims">How many dimensions from the last one on are normalised together: a whole number of at least 1. Default: 1.</param>
    public LayerNormAttribute(int normalizedDims = 1)
    {
        NormalizedDims = normalizedDims;
    }

    /// <summary>How many dimensions from the last one on are normalised together: a whole number of at least 1. Default: 1.</summary>
    public int NormalizedDims { get; }

    /// <summary>Added to the variance before the square root: a number of at least 0. Default: 1E-05.</summary>
    public double Eps { get; set; } = 1E-05;

    /// <summary>Scales each value along the normalised dimensions by a trained one: true or false. Default: true.</summary>
    public bool ElementwiseAffine { get; set; } = true;

    /// <summary>Adds a trained value too, where elementwise_affine is set: true or false. Default: true.</summary>
    public bool Bias { get; set; } = true;
}
