namespace ModelGen.Cpu.Kernels;

/// <summary>
/// Inputs that are joined value by value, as PyTorch's <c>add</c> and <c>mul</c>. An input of fewer values than the output has is repeated: an image's
/// <c>[1, 1, channels]</c> for each pixel.
/// </summary>
public interface IMerge
{
    /// <summary>Values of the output.</summary>
    public static abstract int Length { get; }
}
