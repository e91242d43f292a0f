using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ModelGen.Cpu.Simd;

namespace ModelGen.Cpu.Kernels;

/// <summary>Adds up all pixels of each channel: a bias's gradient.</summary>
/// <param name="values">Pixels, or rows, behind each other: each of as many channels as there are sums.</param>
/// <param name="sums">One for each channel.</param>
internal readonly ref struct ChannelSums(ReadOnlySpan<float> values, Span<float> sums) : IColumnLoop
{
    private readonly ReadOnlySpan<float> _values = values;
    private readonly Span<float> _sums = sums;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<TLanes, TVector>(int column)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        ref var from = ref Unsafe.Add(ref MemoryMarshal.GetReference(_values), column);
        ref var sum = ref _sums[column];
        var (stride, end) = ((nuint)_sums.Length, (nuint)_values.Length);
        TVector even = TLanes.All(0), odd = even;
        nuint i = 0;
        for (; i + stride < end; i += 2 * stride)
        {
            even = TLanes.Add(even, TLanes.Load(in from, i));
            odd = TLanes.Add(odd, TLanes.Load(in from, i + stride));
        }

        if (i < end)
            even = TLanes.Add(even, TLanes.Load(in from, i));
        TLanes.Store(TLanes.Add(TLanes.Load(in sum, 0), TLanes.Add(even, odd)), ref sum, 0);
    }
}
