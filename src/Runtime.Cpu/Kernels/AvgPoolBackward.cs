using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ModelGen.Cpu.Simd;

namespace ModelGen.Cpu.Kernels;

/// <summary>Adds each window's gradient to those of its values, in equal parts.</summary>
/// <param name="image">The image and the windows.</param>
/// <param name="countsPadding">Whether an average counts the zeros around the image.</param>
/// <param name="dy">The gradient of the pooled image.</param>
/// <param name="dx">The image's gradient, which starts at zero.</param>
internal readonly ref struct AvgPoolBackward(PooledImage image, bool countsPadding, ReadOnlySpan<float> dy, Span<float> dx) : IColumnLoop
{
    private readonly ReadOnlySpan<float> _dy = dy;
    private readonly Span<float> _dx = dx;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<TLanes, TVector>(int column)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        ref var gradient = ref Unsafe.Add(ref MemoryMarshal.GetReference(_dy), column);
        ref var to = ref MemoryMarshal.GetReference(_dx);
        var (rowStep, step) = (image.RowStep, image.ColumnStep);
        for (var y = 0; y < image.Rows.Out; y++)
        {
            var (firstRow, endRow) = image.Rows.Seen(y);
            for (var x = 0; x < image.Columns.Out; x++)
            {
                var (first, end) = image.Columns.Seen(x);
                var start = image.Start(y, x) + column;
                var divisor = countsPadding ? image.Rows.Counted(y) * image.Columns.Counted(x) : (endRow - firstRow) * (end - first);
                var part = TLanes.Divide(TLanes.Load(in gradient, 0), TLanes.All(divisor));
                for (var row = firstRow; row < endRow; row++)
                {
                    for (var i = first; i < end; i++)
                    {
                        var place = (nuint)(start + (row * rowStep) + (i * step));
                        TLanes.Store(TLanes.Add(TLanes.Load(in to, place), part), ref to, place);
                    }
                }

                gradient = ref Unsafe.Add(ref gradient, image.Channels);
            }
        }
    }
}
