namespace ModelGen.Cpu.Kernels;

/// <summary>
/// Dimensions in another order, as they lie in memory: an image's are height, width, channels. Transposing, flattening and reshaping images, and moving
/// channels to pixels or back, are all of this kind.
/// </summary>
public interface IPermute
{
    /// <summary>Sizes of the input, the last one side by side; at most 8.</summary>
    public static abstract ReadOnlySpan<int> Sizes { get; }

    /// <summary>Which of them the output's dimensions are, in its order.</summary>
    public static abstract ReadOnlySpan<int> Order { get; }
}
