namespace ModelGen.Cpu.Kernels;

/// <summary>A linear layer, as PyTorch's <c>Linear</c>.</summary>
public interface ILinear
{
    /// <summary>Values of a row that comes in.</summary>
    public static abstract int InFeatures { get; }

    /// <summary>Values of a row that goes out.</summary>
    public static abstract int OutFeatures { get; }
}
