// Derived from src/Generator/Layers/Bilinear.cs by a test; change it there and run the tests with MODELGEN_UPDATE=1.
namespace ModelGen;

/// <summary>What flows in times trained weights times an earlier output, plus the bias: [N, …, F] and [N, …, G] to [N, …, out_features], each output with a matrix [F, G].</summary>
public sealed class BilinearAttribute : LayerAttribute
{
    /// <summary>Declares the layer.</summary>
    /// <param name="outFeatures">The number of outputs: a whole number of at least 1.</param>
    /// <param name="with">The layer whose output is the second input: the name of an earlier layer, or a list of such names.</param>
    public BilinearAttribute(int outFeatures, params string[] with)
    {
        OutFeatures = outFeatures;
        With = with;
    }

    /// <summary>The number of outputs: a whole number of at least 1.</summary>
    public int OutFeatures { get; }

    /// <summary>The layer whose output is the second input: the name of an earlier layer, or a list of such names.</summary>
    public IReadOnlyList<string> With { get; }

    /// <summary>The number of values in the first input, to have it checked: a whole number of at least 1. Default: the input's.</summary>
    public int In1Features { get; set; }

    /// <summary>The number of values in the second input, to have it checked: a whole number of at least 1. Default: the input's.</summary>
    public int In2Features { get; set; }

    /// <summary>Adds a trained value to each output: true or false. Default: true.</summary>
    public bool Bias { get; set; } = true;
}
