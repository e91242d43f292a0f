using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ModelGen.Cpu.Simd;

namespace ModelGen.Cpu.Kernels;

/// <summary>The largest value under each window.</summary>
/// <param name="image">The image and the windows.</param>
/// <param name="x">The image.</param>
/// <param name="y">Is given the pooled image.</param>
internal readonly ref struct MaxPoolForward(PooledImage image, ReadOnlySpan<float> x, Span<float> y) : IColumnLoop
{
    private readonly ReadOnlySpan<float> _x = x;
    private readonly Span<float> _y = y;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<TLanes, TVector>(int column)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        ref var from = ref MemoryMarshal.GetReference(_x);
        ref var to = ref Unsafe.Add(ref MemoryMarshal.GetReference(_y), column);
        var (rowStep, step) = (image.RowStep, image.ColumnStep);
        for (var y = 0; y < image.Rows.Out; y++)
        {
            var (firstRow, endRow) = image.Rows.Seen(y);
            for (var x = 0; x < image.Columns.Out; x++)
            {
                var (first, end) = image.Columns.Seen(x);
                var start = image.Start(y, x) + column;
                var most = TLanes.All(float.NegativeInfinity);
                for (var row = firstRow; row < endRow; row++)
                {
                    for (var i = first; i < end; i++)
                        most = TLanes.Max(most, TLanes.Load(in from, (nuint)(start + (row * rowStep) + (i * step))));
                }

                TLanes.Store(most, ref to, 0);
                to = ref Unsafe.Add(ref to, image.Channels);
            }
        }
    }
}
