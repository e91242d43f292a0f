using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ModelGen.Cpu.Simd;

namespace ModelGen.Cpu.Kernels;

/// <summary>
/// Every column is of all values under the window.
/// <para>Weights, and the sums of their gradients, are stored in groups of <see cref="Columns"/>: <c>[columns / width][Depth][width]</c>.</para>
/// </summary>
/// <param name="places">The window's places, in the order in which their results are written.</param>
/// <param name="resultStride">From one place's results to the next's, in floats.</param>
/// <param name="runs">Where values that lie side by side begin under the window, counted from its place.</param>
/// <param name="runLength">How many lie side by side.</param>
/// <param name="columns">Results of each place.</param>
internal sealed class DenseCorrelation(Place[] places, int resultStride, int[] runs, int runLength, int columns) : Correlation
{
    // Places whose gradients stay in the second-level cache while one tile of sums after the other passes over them.
    private const int Block = 1024;

    private readonly Place[] _places = places;
    private readonly int[] _runs = runs;
    private readonly int _runLength = runLength;

    /// <summary>Values under the window.</summary>
    public int Depth { get; } = runs.Length * runLength;

    public override int Places => _places.Length;

    public override int Length => Depth * columns;

    public override void Pack(ReadOnlySpan<float> weights, WeightOrder order, Span<float> panels, int lanes, int part, int parts)
    {
        var channels = Depth / Math.Max(1, order.Taps.Length);
        var width = 0;
        for (var first = 0; first < columns; first += width)
        {
            width = Columns.Next(columns - first, lanes);
            var panel = panels.Slice(Depth * first, Depth * width);
            for (var channel = channels * part / parts; channel < channels * (part + 1) / parts; channel++)
            {
                // A row of the panel at a time: the rows of several taps lie so far apart that they would push each other out of the first-level cache.
                for (var tap = 0; tap < order.Taps.Length; tap++)
                {
                    ref var row = ref Unsafe.Add(ref MemoryMarshal.GetReference(panel), ((tap * channels) + channel) * width);
                    ref var values = ref Unsafe.Add(
                        ref MemoryMarshal.GetReference(weights),
                        (first * order.ColumnStride) + (channel * order.ChannelStride) + order.Taps[tap]);
                    for (var column = 0; column < width; column++)
                        Unsafe.Add(ref row, column) = Unsafe.Add(ref values, column * order.ColumnStride);
                }
            }
        }
    }

    public override void Collect(Span<float> sums, int workers, int distance, Span<float> gradients, WeightOrder order, int lanes, int part, int parts)
    {
        for (var worker = 0; worker < workers; worker++)
            MoveUnpacked(sums.Slice(worker * distance, Length), gradients, order, lanes, part, parts);
    }

    public override void Scale(Span<float> panels, ReadOnlySpan<float> factors, int lanes) => Panels.Scale(panels, Depth, factors, lanes);

    public override void Multiply<TActivation>(
        ref float source, ref float weights, ref float start, ref float added, ref float destination, int places, Span<float> scratch, int lanes)
    {
        var loop = new Products<TActivation>(this, places, ref source, ref weights, ref start, ref added, ref destination);
        Columns.RunTiles(ref loop, columns, lanes);
    }

    public override void Accumulate(ref float source, ref float gradients, ref float sums, int places, Span<float> scratch, int lanes)
    {
        for (var first = 0; first < places; first += Block)
        {
            var block = _places.AsSpan(first, Math.Min(Block, places - first));
            var loop = new Gradients(this, block, ref source, ref Unsafe.Add(ref gradients, first * resultStride), resultStride, ref sums);
            Columns.RunTiles(ref loop, columns, lanes);
        }
    }

    private void MoveUnpacked(Span<float> sums, Span<float> gradients, WeightOrder order, int lanes, int part, int parts)
    {
        var channels = Depth / order.Taps.Length;
        var width = 0;
        for (var first = 0; first < columns; first += width)
        {
            width = Columns.Next(columns - first, lanes);
            var panel = sums.Slice(Depth * first, Depth * width);
            for (var channel = channels * part / parts; channel < channels * (part + 1) / parts; channel++)
            {
                for (var tap = 0; tap < order.Taps.Length; tap++)
                {
                    ref var row = ref Unsafe.Add(ref MemoryMarshal.GetReference(panel), ((tap * channels) + channel) * width);
                    ref var values = ref Unsafe.Add(
                        ref MemoryMarshal.GetReference(gradients),
                        (first * order.ColumnStride) + (channel * order.ChannelStride) + order.Taps[tap]);
                    for (var column = 0; column < width; column++)
                    {
                        Unsafe.Add(ref values, column * order.ColumnStride) += Unsafe.Add(ref row, column);
                        Unsafe.Add(ref row, column) = 0;
                    }
                }
            }
        }
    }

    private readonly ref struct Products<TActivation>(
        DenseCorrelation layer, int places, ref float source, ref float weights, ref float start, ref float added, ref float destination) : ITileLoop
        where TActivation : struct, IActivation
    {
        private readonly ref float _source = ref source;
        private readonly ref float _weights = ref weights;
        private readonly ref float _start = ref start;
        private readonly ref float _added = ref added;
        private readonly ref float _destination = ref destination;

        public void Run<TLanes, TVector, TColumns>(int column)
            where TLanes : struct, ILanes<TVector>
            where TVector : struct
            where TColumns : struct, ICount => Tiles.Multiply<TLanes, TVector, TColumns, TActivation>(
            ref _source,
            layer._places.AsSpan(0, places),
            layer._runs,
            layer._runLength,
            ref Unsafe.Add(ref _weights, layer.Depth * column),
            TLanes.Count * TColumns.Value,
            ref Unsafe.IsNullRef(ref _start) ? ref _start : ref Unsafe.Add(ref _start, column),
            ref Unsafe.IsNullRef(ref _added) ? ref _added : ref Unsafe.Add(ref _added, column),
            ref Unsafe.Add(ref _destination, column));
    }

    private readonly ref struct Gradients(
        DenseCorrelation layer, Span<Place> block, ref float source, ref float gradients, int gradientStride, ref float sums) : ITileLoop
    {
        private readonly Span<Place> _block = block;
        private readonly ref float _source = ref source;
        private readonly ref float _gradients = ref gradients;
        private readonly ref float _sums = ref sums;

        public void Run<TLanes, TVector, TColumns>(int column)
            where TLanes : struct, ILanes<TVector>
            where TVector : struct
            where TColumns : struct, ICount
        {
            var width = TLanes.Count * TColumns.Value;
            ref var panel = ref Unsafe.Add(ref _sums, layer.Depth * column);
            foreach (var run in layer._runs)
            {
                ref var source = ref Unsafe.Add(ref _source, run);
                Tiles.Accumulate<TLanes, TVector, TColumns>(
                    ref source, _block, layer._runLength, ref Unsafe.Add(ref _gradients, column), gradientStride, ref panel, width);
                panel = ref Unsafe.Add(ref panel, layer._runLength * width);
            }
        }
    }
}
