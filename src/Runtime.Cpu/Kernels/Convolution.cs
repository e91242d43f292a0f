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
    // Pixels that are computed at a time at least, where there are as many: each is a product with all weights, which then are read once.
    private const int Pixels = 32;

    private readonly WindowAxis _rows; // without what never sees the image, as are the columns
    private readonly WindowAxis _columns;
    private readonly int _firstRow; // of the whole window
    private readonly int _firstColumn;
    private readonly int _windowColumns;
    private readonly int _window;
    private readonly int _samples; // at a time
    private readonly int _inChannels;
    private readonly int _outChannels;
    private readonly int _groups; // that are computed one after the other
    private readonly int _groupChannels; // that an output channel sees
    private readonly bool _isDepthwise;
    private readonly bool _hasBias;
    private readonly int _lanes;
    private readonly PaddedImage? _paddedInput;
    private readonly PaddedImage? _paddedGradient;
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
        (_windowColumns, _window) = (columns.Kernel, rows.Kernel * columns.Kernel);
        (rows, _firstRow) = rows.Trimmed();
        (columns, _firstColumn) = columns.Trimmed();
        (_rows, _columns, _inChannels, _outChannels, _hasBias, _lanes) = (rows, columns, inChannels, outChannels, hasBias, lanes);
        _samples = (Pixels + OutPixels - 1) / OutPixels;
        _groupChannels = inChannels / groups;
        _isDepthwise = groups > 1 && groups == inChannels && groups == outChannels;
        _groups = _isDepthwise ? 1 : groups;
        if (rows.IsPadded || columns.IsPadded)
            _paddedInput = new PaddedImage(rows.Size, columns.Size, inChannels, rows.Padding, columns.Padding, rows.Reach, columns.Reach);
        if (rows.GradientReach > rows.Out || columns.GradientReach > columns.Out)
            _paddedGradient = new PaddedImage(rows.Out, columns.Out, outChannels, rows.GradientPadding, columns.GradientPadding, rows.GradientReach, columns.GradientReach);

        (_forward, _forwardTaps) = Forwards();
        var phases = (from y in Enumerable.Range(0, rows.Stride) from x in Enumerable.Range(0, columns.Stride) select Backwards(y, x)).ToArray();
        (_phases, _phaseTaps) = ([.. phases.Select(phase => phase.Correlation)], [.. phases.Select(phase => phase.Taps)]);
    }

    /// <summary>Weights, each once for the forward pass and once for the backward pass, and the bias.</summary>
    public int PreparedLength => (2 * WeightLength) + _outChannels;

    /// <summary>A worker's padded images.</summary>
    public int ScratchLength => _samples * Math.Max(_paddedInput?.Length ?? 0, _paddedGradient?.Length ?? 0);

    /// <summary>A worker's sums of the gradients.</summary>
    public int SumsLength => WeightLength + (_hasBias ? _outChannels : 0);

    private int InLength => _rows.Size * _columns.Size * _inChannels;

    private int OutPixels => _rows.Out * _columns.Out;

    private int OutLength => OutPixels * _outChannels;

    private int GroupIn => _inChannels / _groups;

    private int GroupOut => _outChannels / _groups;

    private int WeightLength => _outChannels * _groupChannels * _window;

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
        var panels = prepared[(WeightLength + _outChannels)..];
        foreach (var (phase, taps) in _phases.Zip(_phaseTaps))
        {
            for (var group = 0; group < _groups; group++)
            {
                phase.Pack(weight[(group * GroupOut * _groupChannels * _window)..], _window, _groupChannels * _window, taps, panels, _lanes, part, parts);
                panels = panels[phase.Length..];
            }
        }
    }

    public void PrepareFolded(ReadOnlySpan<float> weight, ReadOnlySpan<float> bias, ReadOnlySpan<float> scale, ReadOnlySpan<float> shift, Span<float> prepared)
    {
        PrepareForward(weight, bias, prepared, 0, 1);
        for (var group = 0; group < _groups; group++)
            _forward.Scale(prepared.Slice(group * _forward.Length, _forward.Length), scale.Slice(group * GroupOut, GroupOut), _lanes);
        var start = prepared.Slice(WeightLength, _outChannels);
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
            var biases = new ChannelSums(dy, sums[WeightLength..]);
            Columns.Run(ref biases, _outChannels, _lanes);
        }

        if (!dx.IsEmpty)
            InputGradient(dy, prepared, dx, scratch);
    }

    public void Collect(Span<float> sums, int workers, Span<float> weightGradient, Span<float> biasGradient, int part, int parts)
    {
        for (var worker = 0; worker < workers; worker++)
        {
            var own = sums.Slice(worker * SumsLength, SumsLength);
            for (var group = 0; group < _groups; group++)
            {
                var gradient = weightGradient[(group * GroupOut * _groupChannels * _window)..];
                _forward.MoveUnpacked(own.Slice(group * _forward.Length, _forward.Length), _groupChannels * _window, _window, _forwardTaps, gradient, _lanes, part, parts);
            }

            for (var i = 0; part == 0 && i < biasGradient.Length; i++)
            {
                biasGradient[i] += own[WeightLength + i];
                own[WeightLength + i] = 0;
            }
        }
    }

    private void PrepareForward(ReadOnlySpan<float> weight, ReadOnlySpan<float> bias, Span<float> prepared, int part, int parts)
    {
        for (var group = 0; group < _groups; group++)
        {
            var panels = prepared.Slice(group * _forward.Length, _forward.Length);
            _forward.Pack(weight[(group * GroupOut * _groupChannels * _window)..], _groupChannels * _window, _window, _forwardTaps, panels, _lanes, part, parts);
        }

        if (part != 0)
            return;
        var start = prepared.Slice(WeightLength, _outChannels);
        start.Clear();
        bias.CopyTo(start);
    }

    /// <summary>The input's gradient alone: what a transposed convolution gives.</summary>
    public void InputGradient(ReadOnlySpan<float> dy, ReadOnlySpan<float> prepared, Span<float> dx, Span<float> scratch)
    {
        var samples = dx.Length / InLength;
        for (var first = 0; first < samples; first += _samples)
        {
            var count = Math.Min(_samples, samples - first);
            ref var source = ref Padded(_paddedGradient, dy.Slice(first * OutLength, count * OutLength), OutLength, scratch);
            ref var target = ref Unsafe.Add(ref MemoryMarshal.GetReference(dx), first * InLength);
            ref var panels = ref MemoryMarshal.GetReference(prepared[(WeightLength + _outChannels)..]);
            for (var i = 0; i < _phases.Length; i++)
            {
                var places = count * _rows.Count(i / _columns.Stride) * _columns.Count(i % _columns.Stride);
                for (var group = 0; group < _groups; group++)
                {
                    _phases[i].Multiply<Identity>(
                        ref Unsafe.Add(ref source, group * GroupOut),
                        ref panels,
                        ref Unsafe.NullRef<float>(),
                        ref Unsafe.NullRef<float>(),
                        ref Unsafe.Add(ref target, group * GroupIn),
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
        var samples = x.Length / InLength;
        for (var first = 0; first < samples; first += _samples)
        {
            var count = Math.Min(_samples, samples - first);
            ref var source = ref Padded(_paddedInput, x.Slice(first * InLength, count * InLength), InLength, scratch);
            ref var gradients = ref Unsafe.Add(ref MemoryMarshal.GetReference(dy), first * OutLength);
            for (var group = 0; group < _groups; group++)
            {
                _forward.Accumulate(
                    ref Unsafe.Add(ref source, group * GroupIn),
                    ref Unsafe.Add(ref gradients, group * GroupOut),
                    _outChannels,
                    ref Unsafe.Add(ref MemoryMarshal.GetReference(sums), group * _forward.Length),
                    count * OutPixels,
                    _lanes);
            }
        }
    }

    private void Multiply<TActivation>(ReadOnlySpan<float> x, ReadOnlySpan<float> prepared, ReadOnlySpan<float> added, Span<float> y, Span<float> scratch)
        where TActivation : struct, IActivation
    {
        var samples = x.Length / InLength;
        ref var panels = ref MemoryMarshal.GetReference(prepared);
        ref var start = ref Unsafe.Add(ref panels, WeightLength);
        for (var first = 0; first < samples; first += _samples)
        {
            var count = Math.Min(_samples, samples - first);
            ref var source = ref Padded(_paddedInput, x.Slice(first * InLength, count * InLength), InLength, scratch);
            ref var addend = ref added.IsEmpty ? ref Unsafe.NullRef<float>() : ref Unsafe.Add(ref MemoryMarshal.GetReference(added), first * OutLength);
            ref var target = ref Unsafe.Add(ref MemoryMarshal.GetReference(y), first * OutLength);
            for (var group = 0; group < _groups; group++)
            {
                _forward.Multiply<TActivation>(
                    ref Unsafe.Add(ref source, group * GroupIn),
                    ref Unsafe.Add(ref panels, group * _forward.Length),
                    ref Unsafe.Add(ref start, group * GroupOut),
                    ref added.IsEmpty ? ref addend : ref Unsafe.Add(ref addend, group * GroupOut),
                    ref Unsafe.Add(ref target, group * GroupOut),
                    count * OutPixels,
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

    private (Correlation Correlation, int[] Taps) Forwards()
    {
        var row = (_paddedInput?.Width ?? _columns.Size) * _inChannels;
        var sample = _paddedInput?.Length ?? InLength;
        var places = new Place[_samples * OutPixels];
        for (var i = 0; i < places.Length; i++)
        {
            var (n, pixel) = (i / OutPixels, i % OutPixels);
            places[i] = new Place((n * sample) + (pixel / _columns.Out * _rows.Stride * row) + (pixel % _columns.Out * _columns.Stride * _inChannels), i * _outChannels);
        }

        var (offsets, taps) = (new List<int>(), new List<int>());
        for (var y = 0; y < _rows.Kernel; y++)
        {
            for (var x = 0; x < _columns.Kernel; x++)
            {
                offsets.Add((y * _rows.Dilation * row) + (x * _columns.Dilation * _inChannels));
                taps.Add(Tap(y, x));
            }
        }

        return (Along(places, offsets, _columns.Kernel, GroupIn, GroupOut), [.. taps]);
    }

    private (Correlation Correlation, int[] Taps) Backwards(int y, int x)
    {
        var row = (_paddedGradient?.Width ?? _columns.Out) * _outChannels;
        var sample = _paddedGradient?.Length ?? OutLength;
        var pixels = _rows.Count(y) * _columns.Count(x);
        var places = new Place[_samples * pixels];
        for (var i = 0; i < places.Length; i++)
        {
            var (n, pixel) = (i / pixels, i % pixels);
            var (down, right) = (pixel / _columns.Count(x), pixel % _columns.Count(x));
            var target = ((y + (down * _rows.Stride)) * _columns.Size) + x + (right * _columns.Stride);
            places[i] = new Place((n * sample) + (down * row) + (right * _outChannels), (n * InLength) + (target * _inChannels));
        }

        var (offsets, taps) = (new List<int>(), new List<int>());
        foreach (var tapDown in _rows.Taps(y))
        {
            foreach (var tapRight in _columns.Taps(x))
            {
                offsets.Add(((_rows.Shift(y, tapDown) + _rows.GradientPadding) * row) + ((_columns.Shift(x, tapRight) + _columns.GradientPadding) * _outChannels));
                taps.Add(Tap(tapDown, tapRight));
            }
        }

        return (Along(places, offsets, _columns.Taps(x).Length, GroupOut, GroupIn), [.. taps]);
    }

    /// <summary>A value of the window as PyTorch counts it.</summary>
    private int Tap(int row, int column) => ((_firstRow + row) * _windowColumns) + _firstColumn + column;

    /// <summary>A row of the window is one run where its pixels lie side by side: nothing between them, and all of their channels.</summary>
    private Correlation Along(Place[] places, List<int> offsets, int inRow, int channels, int columns) => offsets switch
    {
        _ when _isDepthwise => new DepthwiseCorrelation(places, [.. offsets.Select((offset, i) => new Place(offset, i * columns))], columns),
        [var first, var second, ..] when inRow > 1 && second - first == channels => new DenseCorrelation(places, [.. offsets.Where((_, i) => i % inRow == 0)], inRow * channels, columns),
        _ => new DenseCorrelation(places, [.. offsets], channels, columns),
    };
}
