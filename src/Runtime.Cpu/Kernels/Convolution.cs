using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ModelGen.Cpu.Simd;

namespace ModelGen.Cpu.Kernels;

/// <summary>
/// A convolution's three correlations: the output, the weights' gradient, and the input's gradient, for which the window's values change their order. With a
/// stride, the input's values that lie it apart are one correlation: each phase sees other values of the window. Padded images are copied first. Of small
/// images several are computed at a time, or all weights would be read for a few pixels.
/// </summary>
internal sealed class Convolution
{
    private readonly ConvolutionShape _shape;
    private readonly bool _hasBias;
    private readonly int _lanes;
    private readonly Correlation _forward;
    private readonly WeightOrder _forwardOrder;
    private readonly int _forwardLength;
    private readonly Correlation[] _phases;
    private readonly WeightOrder[] _phaseOrders;
    private readonly int _paddedLength; // of images in a worker's scratch

    /// <param name="rows">The window along the height.</param>
    /// <param name="columns">The window along the width.</param>
    /// <param name="inChannels">Channels of the input.</param>
    /// <param name="outChannels">Channels of the output.</param>
    /// <param name="groups">Groups of channels.</param>
    /// <param name="hasBias">Whether there is a bias.</param>
    /// <param name="lanes">Lanes of the widest vectors to use.</param>
    public Convolution(WindowAxis rows, WindowAxis columns, int inChannels, int outChannels, int groups, bool hasBias, int lanes)
    {
        (_hasBias, _lanes) = (hasBias, lanes);
        _shape = new ConvolutionShape(rows, columns, inChannels, outChannels, groups, lanes);
        (_forward, _forwardOrder) = _shape.Forward();
        _forwardLength = _shape.Groups * _forward.Length;
        var phases = (from y in Enumerable.Range(0, rows.Stride) from x in Enumerable.Range(0, columns.Stride) select _shape.Backward(y, x)).ToArray();
        (_phases, _phaseOrders) = ([.. phases.Select(phase => phase.Correlation)], [.. phases.Select(phase => phase.Order)]);
        _paddedLength = (int)AlignedMemory.Lines(_shape.Samples * Math.Max(_shape.PaddedInput?.Length ?? 0, _shape.PaddedGradient?.Length ?? 0));
        ForwardLength = _forwardLength + outChannels;
        PreparedLength = ForwardLength + (_shape.Groups * _phases.Sum(phase => phase.Length));
        ScratchLength = _paddedLength + Math.Max(_forward.ScratchLength, _phases.Max(phase => phase.ScratchLength));
    }

    /// <summary>The weights for the forward pass, and the bias.</summary>
    public int ForwardLength { get; }

    /// <summary>The same, and behind them the weights for the backward pass.</summary>
    public int PreparedLength { get; }

    /// <summary>A worker's padded images, and what the correlations need.</summary>
    public int ScratchLength { get; }

    /// <summary>A worker's sums of the gradients.</summary>
    public int SumsLength => _forwardLength + (_hasBias ? _shape.OutChannels : 0);

    /// <summary>A layer's convolution.</summary>
    public static Convolution Of<T>(int lanes)
        where T : struct, IConv2d => new(
        new WindowAxis(T.Height, T.OutHeight, T.KernelHeight, T.StrideHeight, T.PaddingTop, T.DilationHeight),
        new WindowAxis(T.Width, T.OutWidth, T.KernelWidth, T.StrideWidth, T.PaddingLeft, T.DilationWidth),
        T.InChannels,
        T.OutChannels,
        T.Groups,
        T.HasBias,
        lanes);

    public void Prepare(ReadOnlySpan<float> weight, ReadOnlySpan<float> bias, Span<float> prepared, int part, int parts)
    {
        PrepareForward(weight, bias, prepared, part, parts);
        var panels = prepared[ForwardLength..];
        if (panels.IsEmpty)
            return;
        foreach (var (phase, order) in _phases.Zip(_phaseOrders))
        {
            for (var group = 0; group < _shape.Groups; group++)
            {
                phase.Pack(weight[(group * _shape.GroupWeights)..], order, panels, _lanes, part, parts);
                panels = panels[phase.Length..];
            }
        }
    }

    public void PrepareFolded(ReadOnlySpan<float> weight, ReadOnlySpan<float> bias, ReadOnlySpan<float> scale, ReadOnlySpan<float> shift, Span<float> prepared)
    {
        PrepareForward(weight, bias, prepared, 0, 1);
        for (var group = 0; group < _shape.Groups; group++)
            _forward.Scale(prepared.Slice(group * _forward.Length, _forward.Length), scale.Slice(group * _shape.GroupOut, _shape.GroupOut), _lanes);
        var start = prepared.Slice(_forwardLength, _shape.OutChannels);
        for (var i = 0; i < start.Length; i++)
            start[i] = (start[i] * scale[i]) + shift[i];
    }

    public void Forward<TActivation>(ReadOnlySpan<float> x, ReadOnlySpan<float> prepared, ReadOnlySpan<float> added, Span<float> y, Span<float> scratch)
        where TActivation : struct, IActivation
    {
        if (TActivation.IsShort)
        {
            Multiply<TActivation>(x, prepared, added, y, scratch);
            return;
        }

        Multiply<Identity>(x, prepared, added, y, scratch);
        Elementwise.Map<TActivation>(y, y, _lanes);
    }

    public void Backward(ReadOnlySpan<float> dy, ReadOnlySpan<float> x, ReadOnlySpan<float> prepared, Span<float> dx, Span<float> sums, Span<float> scratch)
    {
        AddWeightGradient(dy, x, sums, scratch);
        if (_hasBias)
        {
            var biases = new ChannelSums(dy, sums[_forwardLength..]);
            Columns.Run(ref biases, _shape.OutChannels, _lanes);
        }

        if (!dx.IsEmpty)
            InputGradient(dy, prepared, dx, scratch);
    }

    /// <summary>Adds the workers' sums to the gradients: see <see cref="Conv2d{T}.Collect"/>.</summary>
    /// <param name="sums">The first worker's.</param>
    /// <param name="workers">How many workers have some.</param>
    /// <param name="distance">From a worker's sums to the next's: <see cref="SumsLength"/> or more.</param>
    /// <param name="weightGradient">The weights' gradient.</param>
    /// <param name="biasGradient">The bias's, whose sums stand behind the weights'; or empty.</param>
    /// <param name="part">Which part of the work to do.</param>
    /// <param name="parts">How many parts there are.</param>
    public void Collect(Span<float> sums, int workers, int distance, Span<float> weightGradient, Span<float> biasGradient, int part, int parts)
    {
        for (var group = 0; group < _shape.Groups; group++)
        {
            var gradient = weightGradient[(group * _shape.GroupWeights)..];
            _forward.Collect(sums[(group * _forward.Length)..], workers, distance, gradient, _forwardOrder, _lanes, part, parts);
        }

        for (var worker = 0; part == 0 && worker < workers; worker++)
        {
            var own = sums.Slice((worker * distance) + _forwardLength, biasGradient.Length);
            Elementwise.Pair(default(Sum), own, biasGradient, biasGradient, _lanes);
            own.Clear();
        }
    }

    private void PrepareForward(ReadOnlySpan<float> weight, ReadOnlySpan<float> bias, Span<float> prepared, int part, int parts)
    {
        for (var group = 0; group < _shape.Groups; group++)
        {
            var panels = prepared.Slice(group * _forward.Length, _forward.Length);
            _forward.Pack(weight[(group * _shape.GroupWeights)..], _forwardOrder, panels, _lanes, part, parts);
        }

        if (part != 0)
            return;
        var start = prepared.Slice(_forwardLength, _shape.OutChannels);
        start.Clear();
        bias.CopyTo(start);
    }

    /// <summary>The input's gradient alone: what a transposed convolution gives.</summary>
    public void InputGradient(ReadOnlySpan<float> dy, ReadOnlySpan<float> prepared, Span<float> dx, Span<float> scratch)
    {
        var samples = dx.Length / _shape.InLength;
        for (var first = 0; first < samples; first += _shape.Samples)
        {
            var count = Math.Min(_shape.Samples, samples - first);
            ref var source = ref Padded(_shape.PaddedGradient, dy.Slice(first * _shape.OutLength, count * _shape.OutLength), _shape.OutLength, scratch);
            ref var target = ref Unsafe.Add(ref MemoryMarshal.GetReference(dx), first * _shape.InLength);
            ref var panels = ref MemoryMarshal.GetReference(prepared[ForwardLength..]);
            for (var i = 0; i < _phases.Length; i++)
            {
                for (var group = 0; group < _shape.Groups; group++)
                {
                    _phases[i].Multiply<Identity>(
                        ref Unsafe.Add(ref source, group * _shape.GroupOut),
                        ref panels,
                        ref Unsafe.NullRef<float>(),
                        ref Unsafe.NullRef<float>(),
                        ref Unsafe.Add(ref target, group * _shape.GroupIn),
                        Part(_phases[i], count),
                        scratch[_paddedLength..],
                        _lanes);
                    panels = ref Unsafe.Add(ref panels, _phases[i].Length);
                }
            }
        }
    }

    /// <summary>The weights' gradient alone.</summary>
    public void AddWeightGradient(ReadOnlySpan<float> dy, ReadOnlySpan<float> x, Span<float> sums, Span<float> scratch)
    {
        var samples = x.Length / _shape.InLength;
        for (var first = 0; first < samples; first += _shape.Samples)
        {
            var count = Math.Min(_shape.Samples, samples - first);
            ref var source = ref Padded(_shape.PaddedInput, x.Slice(first * _shape.InLength, count * _shape.InLength), _shape.InLength, scratch);
            ref var gradients = ref Unsafe.Add(ref MemoryMarshal.GetReference(dy), first * _shape.OutLength);
            for (var group = 0; group < _shape.Groups; group++)
            {
                _forward.Accumulate(
                    ref Unsafe.Add(ref source, group * _shape.GroupIn),
                    ref Unsafe.Add(ref gradients, group * _shape.GroupOut),
                    ref Unsafe.Add(ref MemoryMarshal.GetReference(sums), group * _forward.Length),
                    Part(_forward, count),
                    scratch[_paddedLength..],
                    _lanes);
            }
        }
    }

    private void Multiply<TActivation>(ReadOnlySpan<float> x, ReadOnlySpan<float> prepared, ReadOnlySpan<float> added, Span<float> y, Span<float> scratch)
        where TActivation : struct, IActivation
    {
        var samples = x.Length / _shape.InLength;
        ref var panels = ref MemoryMarshal.GetReference(prepared);
        ref var start = ref Unsafe.Add(ref panels, _forwardLength);
        for (var first = 0; first < samples; first += _shape.Samples)
        {
            var count = Math.Min(_shape.Samples, samples - first);
            ref var source = ref Padded(_shape.PaddedInput, x.Slice(first * _shape.InLength, count * _shape.InLength), _shape.InLength, scratch);
            ref var addend = ref added.IsEmpty ? ref Unsafe.NullRef<float>() : ref Unsafe.Add(ref MemoryMarshal.GetReference(added), first * _shape.OutLength);
            ref var target = ref Unsafe.Add(ref MemoryMarshal.GetReference(y), first * _shape.OutLength);
            for (var group = 0; group < _shape.Groups; group++)
            {
                _forward.Multiply<TActivation>(
                    ref Unsafe.Add(ref source, group * _shape.GroupIn),
                    ref Unsafe.Add(ref panels, group * _forward.Length),
                    ref Unsafe.Add(ref start, group * _shape.GroupOut),
                    ref added.IsEmpty ? ref addend : ref Unsafe.Add(ref addend, group * _shape.GroupOut),
                    ref Unsafe.Add(ref target, group * _shape.GroupOut),
                    Part(_forward, count),
                    scratch[_paddedLength..],
                    _lanes);
            }
        }
    }

    /// <summary>The places of so many samples.</summary>
    private int Part(Correlation correlation, int samples) => correlation.Places / _shape.Samples * samples;

    /// <summary>The images one behind the other with zeros around each, where there are any to be.</summary>
    private static ref float Padded(PaddedImage? padded, ReadOnlySpan<float> images, int length, Span<float> scratch)
    {
        if (padded is null)
            return ref MemoryMarshal.GetReference(images);
        for (var (from, to) = (0, 0); from < images.Length; (from, to) = (from + length, to + padded.Length))
            padded.Fill(images.Slice(from, length), scratch[to..]);
        return ref MemoryMarshal.GetReference(scratch);
    }
}
