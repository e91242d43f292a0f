using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ModelGen.Cpu.Simd;

namespace ModelGen.Cpu.Kernels;

/// <summary>The average under each window.</summary>
/// <param name="image">The image and the windows.</param>
/// <param name="countsPadding">Whether an average counts the zeros around the image.</param>
/// <param name="x">The image.</param>
/// <param name="y">Is given the pooled image.</param>
internal readonly ref struct AvgPoolForward(PooledImage image, bool countsPadding, ReadOnlySpan<float> x, Span<float> y) : IColumnLoop
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
                var sum = TLanes.All(0);
                for (var row = firstRow; row < endRow; row++)
                {
                    for (var i = first; i < end; i++)
                        sum = TLanes.Add(sum, TLanes.Load(in from, (nuint)(start + (row * rowStep) + (i * step))));
                }

                var divisor = countsPadding ? image.Rows.Counted(y) * image.Columns.Counted(x) : (endRow - firstRow) * (end - first);
                TLanes.Store(TLanes.Divide(sum, TLanes.All(divisor)), ref to, 0);
                to = ref Unsafe.Add(ref to, image.Channels);
            }
        }
    }
}
