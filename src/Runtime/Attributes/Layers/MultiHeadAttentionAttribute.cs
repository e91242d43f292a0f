// Derived from src/Generator/Layers/MultiHeadAttention.cs by a test; change it there and run the tests with MODELGEN_UPDATE=1.
namespace ModelGen;

/// <summary>Multi-head attention, softmax(Q K^T / sqrt(E / num_heads)) V in each head: [N, L, E], and [N, M, E] where 'with' names another sequence, to [N, L, E]. Multiply-adds count projections and both products.</summary>
public sealed class MultiHeadAttentionAttribute : LayerAttribute
{
    /// <summary>Declares the layer.</summary>
    /// <param name="numHeads">The number of heads of the attention, each with its share of the features; divides them: a whole number of at least 1.</param>
    /// <param name="with">The layer whose output holds keys and values, for cross attention: the name of an earlier layer, or a list of such names. Default: what flows in.</param>
    public MultiHeadAttentionAttribute(int numHeads, params string[] with)
    {
        NumHeads = numHeads;
        With = with;
    }

    /// <summary>The number of heads of the attention, each with its share of the features; divides them: a whole number of at least 1.</summary>
    public int NumHeads { get; }

    /// <summary>The layer whose output holds keys and values, for cross attention: the name of an earlier layer, or a list of such names. Default: what flows in.</summary>
    public IReadOnlyList<string> With { get; }

    /// <summary>The layer or input that says which positions are seen, [N, M] for M of them: 1 for a word, 0 for padding: the name of an earlier layer, or a list of such names. Default: all are.</summary>
    public string[] Mask { get; set; } = [];

    /// <summary>E, the input's features, to have it checked: a whole number of at least 1. Default: the input's.</summary>
    public int EmbedDim { get; set; }

    /// <summary>The probability of an attention weight to be dropped in training: a number from 0 to 1. Default: 0.0.</summary>
    public double Dropout { get; set; }

    /// <summary>Adds trained values to queries, keys, values and outputs: true or false. Default: true.</summary>
    public bool Bias { get; set; } = true;

    /// <summary>Lets each position see itself and those before it only: true or false. Default: false.</summary>
    public bool Causal { get; set; }
}
