// Derived from src/Generator/Layers/Linear.cs by a test; change it there and run the tests with MODELGEN_UPDATE=1.
namespace ModelGen;

/// <summary>Fully connected layer, x times the transposed weights plus the bias: [N, F] to [N, out_features], and [N, L, F] to [N, L, out_features].</summary>
public sealed class LinearAttribute : LayerAttribute
{
    /// <summary>Declares the layer.</summary>
    /// <param name="outFeatures">The number of outputs: a whole number of at least 1.</param>
    public LinearAttribute(int outFeatures)
    {
        OutFeatures = outFeatures;
    }

    /// <summary>The number of outputs: a whole number of at least 1.</summary>
    public int OutFeatures { get; }

    /// <summary>The number of inputs, to have it checked: a whole number of at least 1. Default: the input's.</summary>
    public int InFeatures { get; set; }

    /// <summary>Adds a trained value to each output: true or false. Default: true.</summary>
    public bool Bias { get; set; } = true;
}
