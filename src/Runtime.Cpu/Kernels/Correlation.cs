namespace ModelGen.Cpu.Kernels;

/// <summary>
/// Products of a window's values with weights, for every place of the window: a convolution's forward pass, and with other weights its gradients. The
/// tables take the strides, dilations and paddings out of the inner loops. Made once for a layer.
/// </summary>
internal abstract class Correlation
{
    /// <summary>Weights, or sums of their gradients.</summary>
    public abstract int Length { get; }

    /// <summary>Brings weights from PyTorch's order into this class's.</summary>
    /// <param name="weights">The weights from that of the first column and the first channel on.</param>
    /// <param name="columnStride">From a column's to the next's.</param>
    /// <param name="channelStride">From a channel's to the next's: each pixel under the window has the same channels.</param>
    /// <param name="taps">The window's pixels in its order: where each one's weights stand, counted from the first pixel's.</param>
    /// <param name="panels">The weights in this class's order, of <see cref="Length"/>.</param>
    /// <param name="lanes">Lanes of the widest vectors to use.</param>
    /// <param name="part">Which part of the work to do, from 0: each of several workers does one.</param>
    /// <param name="parts">How many parts there are.</param>
    public abstract void Pack(ReadOnlySpan<float> weights, int columnStride, int channelStride, ReadOnlySpan<int> taps, Span<float> panels, int lanes, int part, int parts);

    /// <summary>The way back, for sums: adds them to the gradients in PyTorch's order, and clears them.</summary>
    /// <inheritdoc cref="Pack" path="/param"/>
    public abstract void MoveUnpacked(Span<float> panels, int columnStride, int channelStride, ReadOnlySpan<int> taps, Span<float> weights, int lanes, int part, int parts);

    /// <summary>Multiplies each column's weights by its factor: a batch norm that is part of the convolution.</summary>
    /// <param name="panels">The weights in this class's order.</param>
    /// <param name="factors">One for each column.</param>
    /// <param name="lanes">Lanes of the widest vectors to use.</param>
    public abstract void Scale(Span<float> panels, ReadOnlySpan<float> factors, int lanes);

    /// <summary>Computes all places.</summary>
    /// <param name="source">What the places' sources are counted from.</param>
    /// <param name="weights">The weights in this class's order.</param>
    /// <param name="start">What each column starts at, the bias; a null reference for 0.</param>
    /// <param name="added">What is added before the activation, of each place at its target; a null reference for nothing.</param>
    /// <param name="destination">What the places' targets are counted from.</param>
    /// <param name="places">How many of the places, from the first.</param>
    /// <param name="lanes">Lanes of the widest vectors to use.</param>
    public abstract void Multiply<TActivation>(ref float source, ref float weights, ref float start, ref float added, ref float destination, int places, int lanes)
        where TActivation : struct, IActivation;

    /// <summary>Adds the gradients of the weights.</summary>
    /// <param name="source">What the places' sources are counted from.</param>
    /// <param name="gradients">The gradients of the first place's results, one place's behind the other's in the places' order.</param>
    /// <param name="gradientStride">Floats from one place's gradients to the next's.</param>
    /// <param name="sums">The sums in this class's order.</param>
    /// <param name="places">How many of the places, from the first.</param>
    /// <param name="lanes">Lanes of the widest vectors to use.</param>
    public abstract void Accumulate(ref float source, ref float gradients, int gradientStride, ref float sums, int places, int lanes);
}
