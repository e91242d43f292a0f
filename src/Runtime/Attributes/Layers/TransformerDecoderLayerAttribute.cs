// Derived from src/Generator/Layers/TransformerDecoderLayer.cs by a test; change it there and run the tests with MODELGEN_UPDATE=1.
namespace ModelGen;

/// <summary>Self attention, attention to the encoder's output, then two linear layers at each position, each with a shortcut and a layer norm: [N, L, E] and [N, M, E] to [N, L, E]. Multiply-adds count the attentions' products too.</summary>
public sealed class TransformerDecoderLayerAttribute : LayerAttribute
{
    /// <summary>Declares the layer.</summary>
    /// <param name="numHeads">The number of heads of the attention, each with its share of the features; divides them: a whole number of at least 1.</param>
    /// <param name="with">The layer whose output is the encoder's, [N, M, E]: the name of an earlier layer, or a list of such names.</param>
    public TransformerDecoderLayerAttribute(int numHeads, params string[] with)
    {
        NumHeads = numHeads;
        With = with;
    }

    /// <summary>The number of heads of the attention, each with its share of the features; divides them: a whole number of at least 1.</summary>
    public int NumHeads { get; }

    /// <summary>The layer whose output is the encoder's, [N, M, E]: the name of an earlier layer, or a list of such names.</summary>
    public IReadOnlyList<string> With { get; }

    /// <summary>E, the input's features, to have it checked: a whole number of at least 1. Default: the input's.</summary>
    public int DModel { get; set; }

    /// <summary>The width between the two linear layers: a whole number of at least 1. Default: 2048.</summary>
    public int DimFeedforward { get; set; } = 2048;

    /// <summary>The probability of a value to be dropped in training, in all places: a number from 0 to 1. Default: 0.1.</summary>
    public double Dropout { get; set; } = 0.1;

    /// <summary>What stands between the two linear layers: one of 'relu', 'gelu'. Default: relu.</summary>
    public string Activation { get; set; } = "relu";

    /// <summary>What the layer norms add to the variance: a number of at least 0. Default: 1E-05.</summary>
    public double LayerNormEps { get; set; } = 1E-05;

    /// <summary>Puts the layer norms before attention and linear layers, rather than behind the sums: true or false. Default: false.</summary>
    public bool NormFirst { get; set; }

    /// <summary>Lets each position see itself and those before it only, in its own sequence: true or false. Default: false.</summary>
    public bool Causal { get; set; }
}
