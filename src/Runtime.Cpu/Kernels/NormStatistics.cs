using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ModelGen.Cpu.Simd;

namespace ModelGen.Cpu.Kernels;

/// <summary>
/// Adds up all pixels of each channel and their squares, both without a value that is near their mean: without it, the variance would be a small difference
/// of large numbers. A few pixels are added in float32, these sums in float64.
/// </summary>
/// <param name="x">The pixels.</param>
/// <param name="near">For each channel a value near its mean; empty for 0.</param>
/// <param name="sums">The sums, then those of the squares.</param>
internal readonly ref struct NormStatistics(ReadOnlySpan<float> x, ReadOnlySpan<float> near, Span<double> sums) : IColumnLoop
{
    private readonly ReadOnlySpan<float> _x = x;
    private readonly ReadOnlySpan<float> _near = near;
    private readonly Span<double> _sums = sums;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<TLanes, TVector>(int column)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var channels = _sums.Length / 2;
        ref var from = ref Unsafe.Add(ref MemoryMarshal.GetReference(_x), column);
        var mean = _near.IsEmpty ? TLanes.All(0) : TLanes.Load(in _near[column], 0);
        var (stride, pixels) = ((nuint)channels, _x.Length / channels);
        for (var first = 0; first < pixels; first += LaneSums.Block)
        {
            var end = Math.Min(pixels, first + LaneSums.Block);
            TVector sum0 = TLanes.All(0), sum1 = sum0, square0 = sum0, square1 = sum0, square2 = sum0, square3 = sum0;
            var i = first;
            for (; i + 3 < end; i += 4)
            {
                var value0 = TLanes.Subtract(TLanes.Load(in from, 0), mean);
                var value1 = TLanes.Subtract(TLanes.Load(in from, stride), mean);
                var value2 = TLanes.Subtract(TLanes.Load(in from, 2 * stride), mean);
                var value3 = TLanes.Subtract(TLanes.Load(in from, 3 * stride), mean);
                (sum0, sum1) = (TLanes.Add(sum0, TLanes.Add(value0, value2)), TLanes.Add(sum1, TLanes.Add(value1, value3)));
                (square0, square1) = (TLanes.MultiplyAdd(value0, value0, square0), TLanes.MultiplyAdd(value1, value1, square1));
                (square2, square3) = (TLanes.MultiplyAdd(value2, value2, square2), TLanes.MultiplyAdd(value3, value3, square3));
                from = ref Unsafe.Add(ref from, 4 * stride);
            }

            for (; i < end; i++)
            {
                var value = TLanes.Subtract(TLanes.Load(in from, 0), mean);
                (sum0, square0) = (TLanes.Add(sum0, value), TLanes.MultiplyAdd(value, value, square0));
                from = ref Unsafe.Add(ref from, stride);
            }

            var squares = TLanes.Add(TLanes.Add(square0, square1), TLanes.Add(square2, square3));
            LaneSums.Add<TLanes, TVector>(TLanes.Add(sum0, sum1), _sums[column..]);
            LaneSums.Add<TLanes, TVector>(squares, _sums[(channels + column)..]);
        }
    }
}
