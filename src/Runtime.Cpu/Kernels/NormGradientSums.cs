using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ModelGen.Cpu.Simd;

namespace ModelGen.Cpu.Kernels;

/// <summary>
/// Adds up, for each channel, the gradients of the normalised values and their products with <c>x - mean</c>. Only the largest value of each window has a
/// gradient, the first of equals; which one that is, is found again from the image.
/// </summary>
/// <param name="shape">The image and the windows.</param>
/// <param name="dy">The gradient of the pooled image.</param>
/// <param name="x">The image.</param>
/// <param name="state">The norm's state.</param>
/// <param name="sums">The sums, then those of the products.</param>
internal readonly ref struct NormGradientSums<TActivation>(PooledShape shape, ReadOnlySpan<float> dy, ReadOnlySpan<float> x, ReadOnlySpan<float> state, Span<double> sums) : IColumnLoop
    where TActivation : struct, IActivation
{
    // Windows whose gradients are added in float32, before their sum is added in float64.
    private const int Block = 512;

    private readonly ReadOnlySpan<float> _dy = dy;
    private readonly ReadOnlySpan<float> _x = x;
    private readonly ReadOnlySpan<float> _state = state;
    private readonly Span<double> _sums = sums;

    public void Run<TLanes, TVector>(int column)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        TVector sum = TLanes.All(0), product = sum;
        for (int y = 0, added = shape.OutWidth; y < shape.OutHeight; y++, added += shape.OutWidth)
        {
            (sum, product) = Row<TLanes, TVector>(y, column, sum, product);
            if (added < Block && y < shape.OutHeight - 1)
                continue;
            LaneSums.Add<TLanes, TVector>(sum, _sums[column..]);
            LaneSums.Add<TLanes, TVector>(product, _sums[(shape.Channels + column)..]);
            sum = product = TLanes.All(0);
            added = 0;
        }
    }

    // By itself, because nothing stays in registers in a loop that calls.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private (TVector Sum, TVector Product) Row<TLanes, TVector>(int y, int column, TVector sum, TVector product)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var scale = TLanes.Load(in _state[(NormState.Scale * shape.Channels) + column], 0);
        var shift = TLanes.Load(in _state[(NormState.Shift * shape.Channels) + column], 0);
        var mean = TLanes.Load(in _state[(NormState.Mean * shape.Channels) + column], 0);
        var (pixel, row, pool, width) = ((nuint)shape.Channels, (nuint)(shape.Width * shape.Channels), shape.Pool, shape.OutWidth);
        ref var from = ref Unsafe.Add(ref MemoryMarshal.GetReference(_x), (y * pool * (int)row) + column);
        ref var gradient = ref Unsafe.Add(ref MemoryMarshal.GetReference(_dy), (y * width * (int)pixel) + column);
        for (var x = 0; x < width; x++)
        {
            var winner = TLanes.Load(in from, 0);
            var most = TLanes.MultiplyAdd(winner, scale, shift);
            if (pool == 2)
            {
                (winner, most) = Larger<TLanes, TVector>(winner, most, TLanes.Load(in from, pixel), scale, shift);
                (winner, most) = Larger<TLanes, TVector>(winner, most, TLanes.Load(in from, row), scale, shift);
                (winner, most) = Larger<TLanes, TVector>(winner, most, TLanes.Load(in from, row + pixel), scale, shift);
            }
            else if (pool > 2)
            {
                winner = Winner<TLanes, TVector>(in from, scale, shift);
                most = TLanes.MultiplyAdd(winner, scale, shift);
            }

            var dz = TLanes.Multiply(TLanes.Load(in gradient, 0), TActivation.Derivative<TLanes, TVector>(most));
            sum = TLanes.Add(sum, dz);
            product = TLanes.MultiplyAdd(dz, TLanes.Subtract(winner, mean), product);
            from = ref Unsafe.Add(ref from, (nuint)pool * pixel);
            gradient = ref Unsafe.Add(ref gradient, pixel);
        }

        return (sum, product);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (TVector Winner, TVector Most) Larger<TLanes, TVector>(TVector winner, TVector most, TVector x, TVector scale, TVector shift)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var value = TLanes.MultiplyAdd(x, scale, shift);
        return (TLanes.Select(TLanes.GreaterThan(value, most), x, winner), TLanes.Max(most, value));
    }

    private TVector Winner<TLanes, TVector>(ref readonly float window, TVector scale, TVector shift)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var winner = TLanes.Load(in window, 0);
        var most = TLanes.MultiplyAdd(winner, scale, shift);
        for (var i = 1; i < shape.Pool * shape.Pool; i++)
            (winner, most) = Larger<TLanes, TVector>(winner, most, TLanes.Load(in window, shape.Under(i)), scale, shift);
        return winner;
    }
}
