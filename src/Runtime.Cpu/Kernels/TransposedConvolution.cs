using ModelGen.Cpu.Simd;

namespace ModelGen.Cpu.Kernels;

/// <summary>
/// A transposed convolution is what a convolution from its output to its input passes back: forward is that one's gradient of the input, the gradient of the
/// input is that one forward, and the weights, which lie in the same order, have the same gradient with the two images exchanged.
/// </summary>
internal sealed class TransposedConvolution
{
    private readonly Convolution _reverse;
    private readonly int _outChannels;
    private readonly bool _hasBias;
    private readonly int _lanes;

    /// <param name="rows">The window along the height of the output, with the input's rows as its places.</param>
    /// <param name="columns">The window along the width.</param>
    /// <param name="inChannels">Channels of the input.</param>
    /// <param name="outChannels">Channels of the output.</param>
    /// <param name="groups">Groups of channels.</param>
    /// <param name="hasBias">Whether there is a bias.</param>
    /// <param name="lanes">Lanes of the widest vectors to use.</param>
    public TransposedConvolution(WindowAxis rows, WindowAxis columns, int inChannels, int outChannels, int groups, bool hasBias, int lanes)
    {
        (_outChannels, _hasBias, _lanes) = (outChannels, hasBias, lanes);
        _reverse = new Convolution(rows, columns, outChannels, inChannels, groups, hasBias: false, lanes);
    }

    /// <summary>The weights and behind them the bias.</summary>
    public int PreparedLength => _reverse.PreparedLength + _outChannels;

    /// <summary>What a worker needs for itself.</summary>
    public int ScratchLength => _reverse.ScratchLength;

    /// <summary>A worker's sums of the gradients.</summary>
    public int SumsLength => _reverse.SumsLength + (_hasBias ? _outChannels : 0);

    /// <summary>A layer's.</summary>
    public static TransposedConvolution Of<T>(int lanes)
        where T : struct, IConv2d => new(
        new WindowAxis(T.OutHeight, T.Height, T.KernelHeight, T.StrideHeight, T.PaddingTop, T.DilationHeight),
        new WindowAxis(T.OutWidth, T.Width, T.KernelWidth, T.StrideWidth, T.PaddingLeft, T.DilationWidth),
        T.InChannels,
        T.OutChannels,
        T.Groups,
        T.HasBias,
        lanes);

    public void Prepare(ReadOnlySpan<float> weight, ReadOnlySpan<float> bias, Span<float> prepared, int part, int parts)
    {
        _reverse.Prepare(weight, [], prepared[..^_outChannels], part, parts);
        if (part != 0)
            return;
        prepared[^_outChannels..].Clear();
        bias.CopyTo(prepared[^_outChannels..]);
    }

    public void Forward(ReadOnlySpan<float> x, ReadOnlySpan<float> prepared, Span<float> y, Span<float> scratch)
    {
        _reverse.InputGradient(x, prepared[..^_outChannels], y, scratch);
        if (_hasBias)
            Repeated.Pair(default(Sum), y, prepared[^_outChannels..], y, _lanes);
    }

    public void Backward(ReadOnlySpan<float> dy, ReadOnlySpan<float> x, ReadOnlySpan<float> prepared, Span<float> dx, Span<float> sums, Span<float> scratch)
    {
        _reverse.AddWeightGradient(x, dy, sums[.._reverse.SumsLength], scratch);
        if (_hasBias)
        {
            var biases = new ChannelSums(dy, sums[_reverse.SumsLength..]);
            Columns.Run(ref biases, _outChannels, _lanes);
        }

        if (!dx.IsEmpty)
            _reverse.Forward<Identity>(dy, prepared[..^_outChannels], added: [], dx, scratch);
    }

    public void Collect(Span<float> sums, int workers, Span<float> weightGradient, Span<float> biasGradient, int part, int parts) =>
        _reverse.Collect(sums, workers, SumsLength, weightGradient, biasGradient, part, parts);
}
