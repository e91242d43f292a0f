using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ModelGen.Cpu.Simd;

namespace ModelGen.Cpu.Kernels;

/// <summary>Workers' sums of slots added to gradients in PyTorch's order: see <see cref="Correlation.Collect"/>.</summary>
internal readonly ref struct WinogradCollection<TWindow>(
    int channels, Span<float> sums, int workers, int distance, Span<float> gradients, WeightOrder order, int part, int parts) : ITileLoop
    where TWindow : struct, ICount
{
    private readonly ref float _gradients = ref MemoryMarshal.GetReference(gradients);
    private readonly ReadOnlySpan<int> _taps = order.Taps;
    private readonly ref float _sums = ref MemoryMarshal.GetReference(sums);

    public void Run<TLanes, TVector, TColumns>(int column)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
        where TColumns : struct, ICount
    {
        var width = TLanes.Count * TColumns.Value;
        ref var panel = ref Unsafe.Add(ref _sums, Winograd.Slot * channels * column);
        ref var slot = ref MemoryMarshal.GetReference(stackalloc float[Winograd.Slot * width]);
        for (var channel = channels * part / parts; channel < channels * (part + 1) / parts; channel++)
        {
            for (var value = 0; value < Winograd.Slot; value++)
            {
                ref var sums = ref Unsafe.Add(ref panel, ((value * channels) + channel) * width);
                var factor = TLanes.All(Winograd.Factor(value));
                for (var offset = 0; offset < width; offset += TLanes.Count)
                {
                    var sum = TLanes.All(0);
                    for (var worker = 0; worker < workers; worker++)
                    {
                        ref var own = ref Unsafe.Add(ref sums, (worker * distance) + offset);
                        sum = TLanes.Add(sum, TLanes.Load(in own, 0));
                        TLanes.Store(TLanes.All(0), ref own, 0);
                    }

                    TLanes.Store(TLanes.Multiply(factor, sum), ref slot, (nuint)((value * width) + offset));
                }
            }

            for (var offset = 0; offset < width; offset += TLanes.Count)
                Winograd.Combine<TLanes, TVector, TWindow>(ref Unsafe.Add(ref slot, offset), (nuint)width);
            for (var i = 0; i < width; i++)
            {
                ref var values = ref Unsafe.Add(ref _gradients, ((column + i) * order.ColumnStride) + (channel * order.ChannelStride));
                for (var y = 0; y < TWindow.Value; y++)
                {
                    ref var line = ref Unsafe.Add(ref slot, (y * Winograd.Side * width) + i);
                    for (var x = 0; x < TWindow.Value; x++)
                        Unsafe.Add(ref values, _taps[(y * TWindow.Value) + x]) += Unsafe.Add(ref line, x * width);
                }
            }
        }
    }
}
