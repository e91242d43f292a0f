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
    private readonly int[] _forwardTaps;
    private readonly Correlation[] _phases;
    private readonly int[][] _phaseTaps;

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
        _shape = new ConvolutionShape(rows, columns, inChannels, outChannels, groups);
        (_forward, _forwardTaps) = _shape.Forward();
        var phases = (from y in Enumerable.Range(0, rows.Stride) from x in Enumerable.Range(0, columns.Stride) select _shape.Backward(y, x)).ToArray();
        (_phases, _phaseTaps) = ([.. phases.Select(phase => phase.Correlation)], [.. phases.Select(phase => phase.Taps)]);
    }

    /// <summary>Weights, each once for the forward pass and once for the backward pass, and the bias.</summary>
    public int PreparedLength => (2 * _shape.WeightLength) + _shape.OutChannels;

    /// <summary>A worker's padded images.</summary>
    public int ScratchLength => _shape.Samples * Math.Max(_shape.PaddedInput?.Length ?? 0, _shape.PaddedGradient?.Length ?? 0);

    /// <summary>A worker's sums of the gradients.</summary>
    public int SumsLength => _shape.WeightLength + (_hasBias ? _shape.OutChannels : 0);

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
        var panels = prepared[(_shape.WeightLength + _shape.OutChannels)..];
        foreach (var (phase, taps) in _phases.Zip(_phaseTaps))
        {
            for (var group = 0; group < _shape.Groups; group++)
            {
                phase.Pack(weight[(group * _shape.GroupOut * _shape.GroupChannels * _shape.Window)..], _shape.Window, _shape.GroupChannels * _shape.Window, taps, panels, _lanes, part, parts);
                panels = panels[phase.Length..];
            }
        }
    }

    public void PrepareFolded(ReadOnlySpan<float> weight, ReadOnlySpan<float> bias, ReadOnlySpan<float> scale, ReadOnlySpan<float> shift, Span<float> prepared)
    {
        PrepareForward(weight, bias, prepared, 0, 1);
        for (var group = 0; group < _shape.Groups; group++)
            _forward.Scale(prepared.Slice(group * _forward.Length, _forward.Length), scale.Slice(group * _shape.GroupOut, _shape.GroupOut), _lanes);
        var start = prepared.Slice(_shape.WeightLength, _shape.OutChannels);
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
            var biases = new ChannelSums(dy, sums[_shape.WeightLength..]);
            Columns.Run(ref biases, _shape.OutChannels, _lanes);
        }

        if (!dx.IsEmpty)
            InputGradient(dy, prepared, dx, scratch);
    }

    public void Collect(Span<float> sums, int workers, Span<float> weightGradient, Span<float> biasGradient, int part, int parts)
    {
        for (var worker = 0; worker < workers; worker++)
        {
            var own = sums.Slice(worker * SumsLength, SumsLength);
            for (var group = 0; group < _shape.Groups; group++)
            {
                var gradient = weightGradient[(group * _shape.GroupOut * _shape.GroupChannels * _shape.Window)..];
                _forward.MoveUnpacked(own.Slice(group * _forward.Length, _forward.Length), _shape.GroupChannels * _shape.Window, _shape.Window, _forwardTaps, gradient, _lanes, part, parts);
            }

            for (var i = 0; part == 0 && i < biasGradient.Length; i++)
            {
                biasGradient[i] += own[_shape.WeightLength + i];
                own[_shape.WeightLength + i] = 0;
            }
        }
    }

    private void PrepareForward(ReadOnlySpan<float> weight, ReadOnlySpan<float> bias, Span<float> prepared, int part, int parts)
    {
        for (var group = 0; group < _shape.Groups; group++)
        {
            var panels = prepared.Slice(group * _forward.Length, _forward.Length);
            _forward.Pack(weight[(group * _shape.GroupOut * _shape.GroupChannels * _shape.Window)..], _shape.GroupChannels * _shape.Window, _shape.Window, _forwardTaps, panels, _lanes, part, parts);
        }

        if (part != 0)
            return;
        var start = prepared.Slice(_shape.WeightLength, _shape.OutChannels);
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
            ref var panels = ref MemoryMarshal.GetReference(prepared[(_shape.WeightLength + _shape.OutChannels)..]);
            for (var i = 0; i < _phases.Length; i++)
            {
                var places = count * _shape.Rows.Count(i / _shape.Columns.Stride) * _shape.Columns.Count(i % _shape.Columns.Stride);
                for (var group = 0; group < _shape.Groups; group++)
                {
                    _phases[i].Multiply<Identity>(
                        ref Unsafe.Add(ref source, group * _shape.GroupOut),
                        ref panels,
                        ref Unsafe.NullRef<float>(),
                        ref Unsafe.NullRef<float>(),
                        ref Unsafe.Add(ref target, group * _shape.GroupIn),
                        places,
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
                    _shape.OutChannels,
                    ref Unsafe.Add(ref MemoryMarshal.GetReference(sums), group * _forward.Length),
                    count * _shape.OutPixels,
                    _lanes);
            }
        }
    }

    private void Multiply<TActivation>(ReadOnlySpan<float> x, ReadOnlySpan<float> prepared, ReadOnlySpan<float> added, Span<float> y, Span<float> scratch)
        where TActivation : struct, IActivation
    {
        var samples = x.Length / _shape.InLength;
        ref var panels = ref MemoryMarshal.GetReference(prepared);
        ref var start = ref Unsafe.Add(ref panels, _shape.WeightLength);
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
                    count * _shape.OutPixels,
                    _lanes);
            }
        }
    }

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
