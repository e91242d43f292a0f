using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ModelGen.Cpu.Simd;

namespace ModelGen.Cpu.Kernels;

/// <summary>
/// Every channel is of its own values under the window: a depthwise convolution. Weights, and the sums of their gradients, are stored as
/// <c>[window, channels]</c>. Each product needs a value of its own, so that loads are what takes the time: half of what a dense one reaches.
/// </summary>
/// <param name="places">The window's places, in the order in which their results are written.</param>
/// <param name="resultStride">From one place's results to the next's, in floats.</param>
/// <param name="taps">Where the values under the window stand, counted from its place; and where their weights.</param>
/// <param name="channels">Channels.</param>
internal sealed class DepthwiseCorrelation(Place[] places, int resultStride, Place[] taps, int channels) : Correlation
{
    // Places whose values of all channels stay in the first-level caches while one vector of channels after the other passes over them.
    private readonly int _block = Math.Max(16, 32768 / channels / 8 * 8);

    private readonly Place[] _places = places;
    private readonly Place[] _taps = taps;
    private readonly int _channels = channels;

    public override int Places => _places.Length;

    public override int Length => _taps.Length * _channels;

    public override void Pack(ReadOnlySpan<float> weights, WeightOrder order, Span<float> panels, int lanes, int part, int parts)
    {
        for (var channel = _channels * part / parts; channel < _channels * (part + 1) / parts; channel++)
        {
            for (var tap = 0; tap < order.Taps.Length; tap++)
                panels[(tap * _channels) + channel] = weights[(channel * order.ColumnStride) + order.Taps[tap]];
        }
    }

    public override void Collect(Span<float> sums, int workers, int distance, Span<float> gradients, WeightOrder order, int lanes, int part, int parts)
    {
        for (var worker = 0; worker < workers; worker++)
        {
            for (var channel = _channels * part / parts; channel < _channels * (part + 1) / parts; channel++)
            {
                for (var tap = 0; tap < order.Taps.Length; tap++)
                {
                    ref var sum = ref sums[(worker * distance) + (tap * _channels) + channel];
                    gradients[(channel * order.ColumnStride) + order.Taps[tap]] += sum;
                    sum = 0;
                }
            }
        }
    }

    public override void Scale(Span<float> panels, ReadOnlySpan<float> factors, int lanes)
    {
        for (var i = 0; i < panels.Length; i++)
            panels[i] *= factors[i % _channels];
    }

    public override void Multiply<TActivation>(
        ref float source, ref float weights, ref float start, ref float added, ref float destination, int places, Span<float> scratch, int lanes)
    {
        for (var first = 0; first < places; first += _block)
        {
            var loop = new Products<TActivation>(Block(first, places), _taps, ref source, ref weights, _channels, ref start, ref added, ref destination);
            Columns.Run(ref loop, _channels, lanes);
        }
    }

    public override void Accumulate(ref float source, ref float gradients, ref float sums, int places, Span<float> scratch, int lanes)
    {
        for (var first = 0; first < places; first += _block)
        {
            ref var factors = ref Unsafe.Add(ref gradients, first * resultStride);
            var loop = new Products<Identity>(_taps, Block(first, places), ref source, ref factors, resultStride, ref Unsafe.NullRef<float>(), ref sums, ref sums);
            Columns.Run(ref loop, _channels, lanes);
        }
    }

    private Span<Place> Block(int first, int end) => _places.AsSpan(first, Math.Min(_block, end - first));

    private readonly ref struct Products<TActivation>(
        Span<Place> results, Span<Place> terms,
        ref float source, ref float factors, int stride,
        ref float start, ref float added, ref float destination) : IColumnLoop
        where TActivation : struct, IActivation
    {
        private readonly Span<Place> _results = results;
        private readonly Span<Place> _terms = terms;
        private readonly ref float _source = ref source;
        private readonly ref float _factors = ref factors;
        private readonly ref float _start = ref start;
        private readonly ref float _added = ref added;
        private readonly ref float _destination = ref destination;

        public void Run<TLanes, TVector>(int column)
            where TLanes : struct, ILanes<TVector>
            where TVector : struct
        {
            ref var term = ref MemoryMarshal.GetReference(_terms);
            ref var from = ref Unsafe.Add(ref _source, column);
            ref var factor = ref Unsafe.Add(ref _factors, column);
            ref var begin = ref Unsafe.IsNullRef(ref _start) ? ref _start : ref Unsafe.Add(ref _start, column);
            ref var addend = ref Unsafe.IsNullRef(ref _added) ? ref _added : ref Unsafe.Add(ref _added, column);
            ref var to = ref Unsafe.Add(ref _destination, column);
            for (var first = 0; first < _results.Length;)
            {
                ref var result = ref _results[first];
                switch (_results.Length - first)
                {
                    case 1:
                        DepthwiseTile.Multiply<TLanes, TVector, Count1, TActivation>(
                            ref from, ref result, ref term, _terms.Length, ref factor, (nuint)stride, ref begin, ref addend, ref to);
                        first += 1;
                        break;
                    case 2:
                        DepthwiseTile.Multiply<TLanes, TVector, Count2, TActivation>(
                            ref from, ref result, ref term, _terms.Length, ref factor, (nuint)stride, ref begin, ref addend, ref to);
                        first += 2;
                        break;
                    case 3:
                        DepthwiseTile.Multiply<TLanes, TVector, Count3, TActivation>(
                            ref from, ref result, ref term, _terms.Length, ref factor, (nuint)stride, ref begin, ref addend, ref to);
                        first += 3;
                        break;
                    case < 8:
                        DepthwiseTile.Multiply<TLanes, TVector, Count4, TActivation>(
                            ref from, ref result, ref term, _terms.Length, ref factor, (nuint)stride, ref begin, ref addend, ref to);
                        first += 4;
                        break;
                    default:
                        DepthwiseTile.Multiply<TLanes, TVector, Count8, TActivation>(
                            ref from, ref result, ref term, _terms.Length, ref factor, (nuint)stride, ref begin, ref addend, ref to);
                        first += 8;
                        break;
                }
            }
        }
    }
}
