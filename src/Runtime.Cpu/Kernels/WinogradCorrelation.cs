using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ModelGen.Cpu.Simd;

namespace ModelGen.Cpu.Kernels;

/// <summary>
/// A square window that moves by one pixel, by <see cref="Winograd"/>: patches of the image become slots, and each of a slot's 36 values is a product of all
/// channels' with the weights', the same for all patches. A block of patches at a time.
/// <para>Weights, and the sums of their gradients, are stored in groups of <see cref="Columns"/>: <c>[columns / width][36][channels][width]</c>.</para>
/// </summary>
/// <typeparam name="TWindow">Pixels of the window along each axis.</typeparam>
/// <typeparam name="TPatch">Results of a patch along each axis, 7 less the window's.</typeparam>
internal sealed class WinogradCorrelation<TWindow, TPatch> : Correlation
    where TWindow : struct, ICount
    where TPatch : struct, ICount
{
    // Patches of a block at least: two tiles' rows for each weight that is read.
    private const int FewestPatches = 16;

    // Floats of the slots of a block: they share the second-level cache with the weights. Where these are larger than any cache, a block has an eighth as many
    // floats as they have, for each block reads all of them once more.
    private const int BlockFloats = 65_536;

    private static readonly int[] SideBySide = [0]; // a slot's value has its channels side by side

    private readonly Patch[] _patches;
    private readonly int _channels;
    private readonly int _columns;
    private readonly PatchStrides _strides;
    private readonly Place[] _slots; // of a block: where its channels begin, and its results
    private readonly int _resultStep;

    /// <param name="patches">The patches of all samples.</param>
    /// <param name="strides">How the image and the result lie in memory.</param>
    /// <param name="channels">Channels of the image.</param>
    /// <param name="columns">Channels of the result.</param>
    /// <param name="lanes">Lanes of the widest vectors to use.</param>
    public WinogradCorrelation(Patch[] patches, PatchStrides strides, int channels, int columns, int lanes)
    {
        (_patches, _strides, _channels, _columns) = (patches, strides, channels, columns);
        _resultStep = Columns.Next(columns, lanes);
        var most = Math.Max(FewestPatches, Math.Max(BlockFloats, Length / 8) / (Winograd.Slot * (channels + _resultStep)));
        var blocks = (patches.Length + most - 1) / most;
        _slots = new Place[(patches.Length + blocks - 1) / blocks];
        for (var i = 0; i < _slots.Length; i++)
            _slots[i] = new Place(i * Winograd.Slot * channels, i * Winograd.Slot * _resultStep);
    }

    public override int Places => _patches.Length;

    public override int Length => Winograd.Slot * _channels * _columns;

    public override int ScratchLength => _slots.Length * Winograd.Slot * (_channels + _resultStep);

    public override void Pack(ReadOnlySpan<float> weights, WeightOrder order, Span<float> panels, int lanes, int part, int parts)
    {
        var loop = new WinogradPacking<TWindow>(_channels, weights, order, panels, part, parts);
        Columns.RunTiles(ref loop, _columns, lanes);
    }

    public override void Collect(Span<float> sums, int workers, int distance, Span<float> gradients, WeightOrder order, int lanes, int part, int parts)
    {
        var loop = new WinogradCollection<TWindow>(_channels, sums, workers, distance, gradients, order, part, parts);
        Columns.RunTiles(ref loop, _columns, lanes);
    }

    public override void Scale(Span<float> panels, ReadOnlySpan<float> factors, int lanes) => Panels.Scale(panels, Winograd.Slot * _channels, factors, lanes);

    public override void Multiply<TActivation>(
        ref float source, ref float weights, ref float start, ref float added, ref float destination, int places, Span<float> scratch, int lanes)
    {
        for (var first = 0; first < places; first += _slots.Length)
        {
            var block = Fill(first, places, ref source, scratch, lanes);
            var products = new Products<TActivation>(this, block, scratch, ref weights, ref start, ref added, ref destination);
            Columns.RunTiles(ref products, _columns, lanes);
        }
    }

    public override void Accumulate(ref float source, ref float gradients, ref float sums, int places, Span<float> scratch, int lanes)
    {
        for (var first = 0; first < places; first += _slots.Length)
        {
            var block = Fill(first, places, ref source, scratch, lanes);
            var products = new Gradients(this, block, scratch, ref gradients, ref sums);
            Columns.RunTiles(ref products, _columns, lanes);
        }
    }

    /// <summary>Fills the slots with what the next block of patches sees.</summary>
    private ReadOnlySpan<Patch> Fill(int first, int places, ref float source, Span<float> slots, int lanes)
    {
        var block = _patches.AsSpan(first, Math.Min(_slots.Length, places - first));
        var images = new Images(this, block, ref source, slots);
        Columns.Run(ref images, _channels, lanes);
        return block;
    }

    /// <summary>The slots of the results, behind those of what the patches see.</summary>
    private Span<float> Results(Span<float> slots) => slots[(_slots.Length * Winograd.Slot * _channels)..];

    private readonly ref struct Images(WinogradCorrelation<TWindow, TPatch> layer, ReadOnlySpan<Patch> block, ref float source, Span<float> slots) : IColumnLoop
    {
        private readonly ReadOnlySpan<Patch> _block = block;
        private readonly ref float _source = ref source;
        private readonly ref float _slots = ref MemoryMarshal.GetReference(slots);

        public void Run<TLanes, TVector>(int column)
            where TLanes : struct, ILanes<TVector>
            where TVector : struct
        {
            var (row, pixel, step) = ((nuint)layer._strides.SourceRow, (nuint)layer._strides.SourcePixel, (nuint)layer._channels);
            for (var i = 0; i < _block.Length; i++)
                Winograd.Image<TLanes, TVector>(
                    ref Unsafe.Add(ref _source, _block[i].Source + column),
                    row, pixel,
                    ref Unsafe.Add(ref _slots, layer._slots[i].Source + column),
                    step);
        }
    }

    private readonly ref struct Products<TActivation>(
        WinogradCorrelation<TWindow, TPatch> layer, ReadOnlySpan<Patch> block, Span<float> slots,
        ref float weights, ref float start, ref float added, ref float destination) : ITileLoop
        where TActivation : struct, IActivation
    {
        private readonly ReadOnlySpan<Patch> _block = block;
        private readonly Span<float> _slots = slots;
        private readonly ref float _weights = ref weights;
        private readonly ref float _start = ref start;
        private readonly ref float _added = ref added;
        private readonly ref float _destination = ref destination;

        public void Run<TLanes, TVector, TColumns>(int column)
            where TLanes : struct, ILanes<TVector>
            where TVector : struct
            where TColumns : struct, ICount
        {
            var (width, step) = (TLanes.Count * TColumns.Value, layer._resultStep);
            ref var images = ref MemoryMarshal.GetReference(_slots);
            ref var results = ref MemoryMarshal.GetReference(layer.Results(_slots));
            ref var none = ref Unsafe.NullRef<float>();
            ref var panel = ref Unsafe.Add(ref _weights, Winograd.Slot * layer._channels * column);
            for (var value = 0; value < Winograd.Slot; value++)
            {
                Tiles.Multiply<TLanes, TVector, TColumns, Identity>(
                    ref Unsafe.Add(ref images, value * layer._channels),
                    layer._slots.AsSpan(0, _block.Length),
                    SideBySide,
                    layer._channels,
                    ref panel,
                    width,
                    ref none,
                    ref none,
                    ref Unsafe.Add(ref results, value * step));
                panel = ref Unsafe.Add(ref panel, layer._channels * width);
            }

            for (var offset = 0; offset < width; offset += TLanes.Count)
            {
                for (var i = 0; i < _block.Length; i++)
                {
                    ref var slot = ref Unsafe.Add(ref results, layer._slots[i].Target + offset);
                    Winograd.Combine<TLanes, TVector, TPatch>(ref slot, (nuint)step);
                    Put<TLanes, TVector>(in _block[i], ref slot, column + offset);
                }
            }
        }

        private void Put<TLanes, TVector>(ref readonly Patch patch, ref float slot, int column)
            where TLanes : struct, ILanes<TVector>
            where TVector : struct
        {
            var start = Unsafe.IsNullRef(ref _start) ? TLanes.All(0) : TLanes.Load(in _start, (nuint)column);
            for (var y = 0; y < patch.Rows; y++)
            {
                for (var x = 0; x < patch.Columns; x++)
                {
                    var target = (nuint)(patch.Target + (y * layer._strides.TargetRow) + (x * layer._strides.TargetPixel) + column);
                    var value = TLanes.Add(start, TLanes.Load(in slot, (nuint)(((y * Winograd.Side) + x) * layer._resultStep)));
                    if (!Unsafe.IsNullRef(ref _added))
                        value = TLanes.Add(value, TLanes.Load(in _added, target));
                    TLanes.Store(TActivation.Value<TLanes, TVector>(value), ref _destination, target);
                }
            }
        }
    }

    private readonly ref struct Gradients(
        WinogradCorrelation<TWindow, TPatch> layer, ReadOnlySpan<Patch> block, Span<float> slots, ref float gradients, ref float sums) : ITileLoop
    {
        private readonly ReadOnlySpan<Patch> _block = block;
        private readonly Span<float> _slots = slots;
        private readonly ref float _gradients = ref gradients;
        private readonly ref float _sums = ref sums;

        public void Run<TLanes, TVector, TColumns>(int column)
            where TLanes : struct, ILanes<TVector>
            where TVector : struct
            where TColumns : struct, ICount
        {
            var (width, step) = (TLanes.Count * TColumns.Value, layer._resultStep);
            ref var images = ref MemoryMarshal.GetReference(_slots);
            ref var results = ref MemoryMarshal.GetReference(layer.Results(_slots));
            for (var offset = 0; offset < width; offset += TLanes.Count)
            {
                for (var i = 0; i < _block.Length; i++)
                {
                    ref var slot = ref Unsafe.Add(ref results, layer._slots[i].Target + offset);
                    Take<TLanes, TVector>(in _block[i], ref slot, column + offset);
                    Winograd.Evaluate<TLanes, TVector, TPatch>(ref slot, (nuint)step);
                }
            }

            ref var panel = ref Unsafe.Add(ref _sums, Winograd.Slot * layer._channels * column);
            for (var value = 0; value < Winograd.Slot; value++)
            {
                Tiles.Accumulate<TLanes, TVector, TColumns>(
                    ref Unsafe.Add(ref images, value * layer._channels),
                    layer._slots.AsSpan(0, _block.Length),
                    layer._channels,
                    ref Unsafe.Add(ref results, value * step),
                    Winograd.Slot * step,
                    ref panel,
                    width);
                panel = ref Unsafe.Add(ref panel, layer._channels * width);
            }
        }

        private void Take<TLanes, TVector>(ref readonly Patch patch, ref float slot, int column)
            where TLanes : struct, ILanes<TVector>
            where TVector : struct
        {
            for (var y = 0; y < TPatch.Value; y++)
            {
                for (var x = 0; x < TPatch.Value; x++)
                {
                    var target = (nuint)(patch.Target + (y * layer._strides.TargetRow) + (x * layer._strides.TargetPixel) + column);
                    var value = y < patch.Rows && x < patch.Columns ? TLanes.Load(in _gradients, target) : TLanes.All(0);
                    TLanes.Store(value, ref slot, (nuint)(((y * Winograd.Side) + x) * layer._resultStep));
                }
            }
        }
    }
}
