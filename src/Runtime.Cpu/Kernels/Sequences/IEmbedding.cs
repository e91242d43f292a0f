namespace ModelGen.Cpu.Kernels;

/// <summary>A table of trained features, as PyTorch's <c>Embedding</c>.</summary>
public interface IEmbedding
{
    /// <summary>Indices of a sample.</summary>
    public static abstract int Length { get; }

    /// <summary>Rows of the table: an index is 0 to one less.</summary>
    public static abstract int NumEmbeddings { get; }

    /// <summary>Features of a row.</summary>
    public static abstract int EmbeddingDim { get; }

    /// <summary>The index whose row is not trained; -1 for none.</summary>
    public static virtual int PaddingIdx => -1;
}
