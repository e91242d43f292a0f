namespace ModelGen.Cpu.Kernels;

/// <summary>An attention of several heads, as PyTorch's <c>MultiheadAttention</c>.</summary>
public interface IMultiHeadAttention
{
    /// <summary>Positions that ask.</summary>
    public static abstract int Length { get; }

    /// <summary>Positions that are seen; as many where the sequence sees itself.</summary>
    public static abstract int Seen { get; }

    /// <summary>Features of each position.</summary>
    public static abstract int Features { get; }

    /// <summary>Heads, which divide the features.</summary>
    public static abstract int Heads { get; }

    /// <summary>Whether trained values are added to queries, keys, values and outputs.</summary>
    public static virtual bool HasBias => true;

    /// <summary>Whether a position sees itself and those before it only.</summary>
    public static virtual bool IsCausal => false;
}
