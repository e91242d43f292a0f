namespace ModelGen.Cpu.Kernels;

/// <summary>A softmax of rows, as PyTorch's over the last dimension; an image's pixels are rows of its channels.</summary>
public interface ISoftmax
{
    /// <summary>Rows of a sample.</summary>
    public static virtual int Rows => 1;

    /// <summary>Values of a row.</summary>
    public static abstract int Length { get; }
}
