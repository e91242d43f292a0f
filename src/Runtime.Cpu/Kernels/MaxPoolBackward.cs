using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ModelGen.Cpu.Simd;

namespace ModelGen.Cpu.Kernels;

/// <summary>Adds each window's gradient to that of its largest value, the first of equals: nothing is left for another.</summary>
/// <param name="image">The image and the windows.</param>
/// <param name="dy">The gradient of the pooled image.</param>
/// <param name="x">The image.</param>
/// <param name="y">The pooled image.</param>
/// <param name="dx">The image's gradient, which starts at zero.</param>
internal readonly ref struct MaxPoolBackward(PooledImage image, ReadOnlySpan<float> dy, ReadOnlySpan<float> x, ReadOnlySpan<float> y, Span<float> dx) : IColumnLoop
{
    private readonly ReadOnlySpan<float> _dy = dy;
    private readonly ReadOnlySpan<float> _x = x;
    private readonly ReadOnlySpan<float> _y = y;
    private readonly Span<float> _dx = dx;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<TLanes, TVector>(int column)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        ref var from = ref MemoryMarshal.GetReference(_x);
        ref var to = ref MemoryMarshal.GetReference(_dx);
        ref var largest = ref Unsafe.Add(ref MemoryMarshal.GetReference(_y), column);
        ref var gradient = ref Unsafe.Add(ref MemoryMarshal.GetReference(_dy), column);
        var (rowStep, step) = (image.RowStep, image.ColumnStep);
        for (var y = 0; y < image.Rows.Out; y++)
        {
            var (firstRow, endRow) = image.Rows.Seen(y);
            for (var x = 0; x < image.Columns.Out; x++)
            {
                var (first, end) = image.Columns.Seen(x);
                var start = image.Start(y, x) + column;
                var (most, left) = (TLanes.Load(in largest, 0), TLanes.Load(in gradient, 0));
                for (var row = firstRow; row < endRow; row++)
                {
                    for (var i = first; i < end; i++)
                    {
                        var place = (nuint)(start + (row * rowStep) + (i * step));
                        var wins = TLanes.AreEqual(TLanes.Load(in from, place), most);
                        TLanes.Store(TLanes.Add(TLanes.Load(in to, place), TLanes.Select(wins, left, TLanes.All(0))), ref to, place);
                        left = TLanes.Select(wins, TLanes.All(0), left);
                    }
                }

                largest = ref Unsafe.Add(ref largest, image.Channels);
                gradient = ref Unsafe.Add(ref gradient, image.Channels);
            }
        }
    }
}
