namespace ModelGen.Cpu.Kernels;

/// <summary>
/// A rectified linear unit with trained slopes below zero, as PyTorch's <c>PReLU</c>. A sample is seen as <c>[outer, channels, inner]</c>: an image has its
/// pixels outside, a row-major tensor what is behind its first dimension inside.
/// </summary>
public interface IPReLU
{
    /// <summary>Pixels of an image; 1 for a row-major tensor.</summary>
    public static virtual int Outer => 1;

    /// <summary>How many slopes. With one slope for all values it is 1.</summary>
    public static virtual int Channels => 1;

    /// <summary>Values of a channel that lie side by side; 1 for an image.</summary>
    public static virtual int Inner => 1;
}
