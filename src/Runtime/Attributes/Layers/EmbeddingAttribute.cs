// Derived from src/Generator/Layers/Embedding.cs by a test; change it there and run the tests with MODELGEN_UPDATE=1.
namespace ModelGen;

/// <summary>Looks up trained features for each index (int64): [N, L] to [N, L, embedding_dim].</summary>
public sealed class EmbeddingAttribute : LayerAttribute
{
    /// <summary>Declares the layer.</summary>
    /// <param name="numEmbeddings">The number of indices, such as the words of a vocabulary: an index is 0 to num_embeddings - 1: a whole number of at least 1.</param>
    /// <param name="embeddingDim">The features of each index: a whole number of at least 1.</param>
    public EmbeddingAttribute(int numEmbeddings, int embeddingDim)
    {
        NumEmbeddings = numEmbeddings;
        EmbeddingDim = embeddingDim;
    }

    /// <summary>The number of indices, such as the words of a vocabulary: an index is 0 to num_embeddings - 1: a whole number of at least 1.</summary>
    public int NumEmbeddings { get; }

    /// <summary>The features of each index: a whole number of at least 1.</summary>
    public int EmbeddingDim { get; }

    /// <summary>The index whose features are zero and stay so in training; -1 is the last: a whole number. Default: none.</summary>
    public int PaddingIdx { get; set; }
}
