namespace ModelGen.Cpu.Kernels;

/// <summary>
/// A reduction of neighbouring dimensions. A sample is seen as <c>[outer, length, inner]</c> and becomes <c>[outer, inner]</c>: for the pixels of an image the
/// channels are inside; for the last dimension of a row-major tensor nothing is.
/// </summary>
public interface IReduction
{
    /// <summary>Values before the reduced ones.</summary>
    public static virtual int Outer => 1;

    /// <summary>How many values become one.</summary>
    public static abstract int Length { get; }

    /// <summary>Values behind the reduced ones.</summary>
    public static virtual int Inner => 1;
}
