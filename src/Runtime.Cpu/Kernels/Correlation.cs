namespace ModelGen.Cpu.Kernels;

/// <summary>
/// Products of a window's values with weights, for every place of the window: a convolution's forward pass, and with other weights its gradients. The
/// tables take the strides, dilations and paddings out of the inner loops. Made once for a layer.
/// </summary>
internal abstract class Correlation
{
    /// <summary>Weights, or sums of their gradients.</summary>
    public abstract int Length { get; }

    /// <summary>Places of the window, or patches of them, of all samples that are computed at a time.</summary>
    public abstract int Places { get; }

    /// <summary>Floats that a worker needs for itself.</summary>
    public virtual int ScratchLength => 0;

    /// <summary>Brings weights from PyTorch's order into this class's.</summary>
    /// <param name="weights">The weights in PyTorch's order.</param>
    /// <param name="order">What that order is.</param>
    /// <param name="panels">The weights in this class's order, of <see cref="Length"/>.</param>
    /// <param name="lanes">Lanes of the widest vectors to use.</param>
    /// <param name="part">Which part of the work to do, from 0: each of several workers does one.</param>
    /// <param name="parts">How many parts there are.</param>
    public abstract void Pack(ReadOnlySpan<float> weights, WeightOrder order, Span<float> panels, int lanes, int part, int parts);

    /// <summary>The way back, for sums: adds those of all workers, in their order, to the gradients in PyTorch's order, and clears them.</summary>
    /// <param name="sums">The first worker's sums in this class's order.</param>
    /// <param name="workers">How many workers have some.</param>
    /// <param name="distance">From a worker's sums to the next's.</param>
    /// <param name="gradients">The gradients in PyTorch's order.</param>
    /// <param name="order">What that order is.</param>
    /// <param name="lanes">Lanes of the widest vectors to use.</param>
    /// <param name="part">Which part of the work to do, from 0: each of several workers does one.</param>
    /// <param name="parts">How many parts there are.</param>
    public abstract void Collect(Span<float> sums, int workers, int distance, Span<float> gradients, WeightOrder order, int lanes, int part, int parts);

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
    /// <param name="places">How many of the <see cref="Places"/>, from the first.</param>
    /// <param name="scratch">The worker's, of <see cref="ScratchLength"/> at least.</param>
    /// <param name="lanes">Lanes of the widest vectors to use.</param>
    public abstract void Multiply<TActivation>(
        ref float source, ref float weights, ref float start, ref float added, ref float destination, int places, Span<float> scratch, int lanes)
        where TActivation : struct, IActivation;

    /// <summary>Adds the gradients of the weights.</summary>
    /// <param name="source">What the places' sources are counted from.</param>
    /// <param name="gradients">What the places' targets are counted from in the results' gradients.</param>
    /// <param name="sums">The sums in this class's order.</param>
    /// <param name="places">How many of the <see cref="Places"/>, from the first.</param>
    /// <param name="scratch">The worker's, of <see cref="ScratchLength"/> at least.</param>
    /// <param name="lanes">Lanes of the widest vectors to use.</param>
    public abstract void Accumulate(ref float source, ref float gradients, ref float sums, int places, Span<float> scratch, int lanes);
}
