using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ModelGen.Cpu.Simd;

namespace ModelGen.Cpu.Kernels;

/// <summary>Weights from PyTorch's order into slots: see <see cref="Correlation.Pack"/>.</summary>
internal readonly ref struct WinogradPacking<TWindow>(
    int channels, ReadOnlySpan<float> weights, WeightOrder order, Span<float> panels, int part, int parts) : ITileLoop
    where TWindow : struct, ICount
{
    private readonly ref float _weights = ref MemoryMarshal.GetReference(weights);
    private readonly ReadOnlySpan<int> _taps = order.Taps;
    private readonly ref float _panels = ref MemoryMarshal.GetReference(panels);

    public void Run<TLanes, TVector, TColumns>(int column)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
        where TColumns : struct, ICount
    {
        var width = TLanes.Count * TColumns.Value;
        ref var panel = ref Unsafe.Add(ref _panels, Winograd.Slot * channels * column);
        ref var slot = ref MemoryMarshal.GetReference(stackalloc float[Winograd.Slot * width]);
        for (var channel = channels * part / parts; channel < channels * (part + 1) / parts; channel++)
        {
            for (var i = 0; i < width; i++)
            {
                ref var values = ref Unsafe.Add(ref _weights, ((column + i) * order.ColumnStride) + (channel * order.ChannelStride));
                for (var y = 0; y < TWindow.Value; y++)
                {
                    ref var line = ref Unsafe.Add(ref slot, (y * Winograd.Side * width) + i);
                    for (var x = 0; x < TWindow.Value; x++)
                        Unsafe.Add(ref line, x * width) = Unsafe.Add(ref values, _taps[(y * TWindow.Value) + x]);
                }
            }

            for (var offset = 0; offset < width; offset += TLanes.Count)
                Winograd.Evaluate<TLanes, TVector, TWindow>(ref Unsafe.Add(ref slot, offset), (nuint)width);
            for (var value = 0; value < Winograd.Slot; value++)
            {
                ref var target = ref Unsafe.Add(ref panel, ((value * channels) + channel) * width);
                var factor = TLanes.All(Winograd.Factor(value));
                for (var offset = 0; offset < width; offset += TLanes.Count)
                    TLanes.Store(TLanes.Multiply(factor, TLanes.Load(in slot, (nuint)((value * width) + offset))), ref target, (nuint)offset);
            }
        }
    }
}
