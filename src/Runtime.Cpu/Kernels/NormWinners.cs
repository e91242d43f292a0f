using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ModelGen.Cpu.Simd;

namespace ModelGen.Cpu.Kernels;

/// <summary>
/// The statistics of <see cref="NormStatistics"/>, and of each window of the pool behind the norm the value that will be the largest once the batch is normalised. Which one
/// that is, the sign of the weight says already: the largest, or the smallest, and the first where the weight is zero. Whoever reads the winners need not read the image.
/// </summary>
/// <param name="shape">The image and the windows.</param>
/// <param name="x">The image.</param>
/// <param name="weight">What a channel will be multiplied by, or empty for 1.</param>
/// <param name="near">For each channel a value near its mean; empty for 0.</param>
/// <param name="winners">Is given the values, <c>[height / pool, width / pool, channels]</c>.</param>
/// <param name="sums">The sums, then those of the squares.</param>
internal readonly ref struct NormWinners(
    PooledShape shape, ReadOnlySpan<float> x, ReadOnlySpan<float> weight, ReadOnlySpan<float> near,
    Span<float> winners, Span<double> sums) : IColumnLoop
{
    private readonly ReadOnlySpan<float> _x = x;
    private readonly ReadOnlySpan<float> _weight = weight;
    private readonly ReadOnlySpan<float> _near = near;
    private readonly Span<float> _winners = winners;
    private readonly Span<double> _sums = sums;

    public void Run<TLanes, TVector>(int column)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var zero = TLanes.All(0);
        var weight = _weight.IsEmpty ? TLanes.All(1) : TLanes.Load(in _weight[column], 0);
        var sign = TLanes.Select(TLanes.GreaterThan(weight, zero), TLanes.All(1), TLanes.Select(TLanes.GreaterThan(zero, weight), TLanes.All(-1), zero));
        var mean = _near.IsEmpty ? zero : TLanes.Load(in _near[column], 0);
        TVector sum = zero, square = zero;
        var added = 0;
        for (var y = 0; y < shape.Height; y++)
        {
            if (y % shape.Pool == 0 && y / shape.Pool < shape.OutHeight)
                (sum, square) = Windows<TLanes, TVector>(y / shape.Pool, column, sign, mean, sum, square);
            (sum, square) = Rest<TLanes, TVector>(y, column, mean, sum, square);
            added += shape.Width;
            if (added < LaneSums.Block && y < shape.Height - 1)
                continue;
            LaneSums.Add<TLanes, TVector>(sum, _sums[column..]);
            LaneSums.Add<TLanes, TVector>(square, _sums[(shape.Channels + column)..]);
            sum = square = zero;
            added = 0;
        }
    }

    // By itself, because nothing stays in registers in a loop that calls.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private (TVector Sum, TVector Square) Windows<TLanes, TVector>(int y, int column, TVector sign, TVector mean, TVector sum, TVector square)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var (pixel, row, pool, width) = ((nuint)shape.Channels, (nuint)(shape.Width * shape.Channels), shape.Pool, shape.OutWidth);
        ref var from = ref Unsafe.Add(ref MemoryMarshal.GetReference(_x), (y * pool * (int)row) + column);
        ref var to = ref Unsafe.Add(ref MemoryMarshal.GetReference(_winners), (y * width * (int)pixel) + column);
        // Four sums of squares, which do not wait for one another.
        TVector square1 = TLanes.All(0), square2 = square1, square3 = square1;
        for (var x = 0; x < width; x++)
        {
            var first = TLanes.Load(in from, 0);
            var winner = first;
            if (pool == 2)
            {
                TVector right = TLanes.Load(in from, pixel), below = TLanes.Load(in from, row), across = TLanes.Load(in from, row + pixel);
                winner = Larger<TLanes, TVector>(Larger<TLanes, TVector>(first, right, sign), Larger<TLanes, TVector>(below, across, sign), sign);
                (first, right, below, across) =
                    (TLanes.Subtract(first, mean), TLanes.Subtract(right, mean), TLanes.Subtract(below, mean), TLanes.Subtract(across, mean));
                sum = TLanes.Add(sum, TLanes.Add(TLanes.Add(first, right), TLanes.Add(below, across)));
                (square, square1) = (TLanes.MultiplyAdd(first, first, square), TLanes.MultiplyAdd(right, right, square1));
                (square2, square3) = (TLanes.MultiplyAdd(below, below, square2), TLanes.MultiplyAdd(across, across, square3));
            }
            else
            {
                // Sums of few numbers are added up: that loses less than one long sum does.
                TVector own = TLanes.All(0), ownSquare = own;
                for (var i = 0; i < pool * pool; i++)
                {
                    var value = TLanes.Load(in from, shape.Under(i));
                    winner = Larger<TLanes, TVector>(winner, value, sign);
                    value = TLanes.Subtract(value, mean);
                    (own, ownSquare) = (TLanes.Add(own, value), TLanes.MultiplyAdd(value, value, ownSquare));
                }

                (sum, square) = (TLanes.Add(sum, own), TLanes.Add(square, ownSquare));
            }

            TLanes.Store(winner, ref to, 0);
            from = ref Unsafe.Add(ref from, (nuint)pool * pixel);
            to = ref Unsafe.Add(ref to, pixel);
        }

        return (sum, TLanes.Add(TLanes.Add(square, square1), TLanes.Add(square2, square3)));
    }

    /// <summary>What of a row fills no window belongs to the statistics all the same.</summary>
    private (TVector Sum, TVector Square) Rest<TLanes, TVector>(int y, int column, TVector mean, TVector sum, TVector square)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        TVector own = TLanes.All(0), ownSquare = own;
        ref var from = ref Unsafe.Add(ref MemoryMarshal.GetReference(_x), (y * shape.Width * shape.Channels) + column);
        for (var x = y < shape.OutHeight * shape.Pool ? shape.OutWidth * shape.Pool : 0; x < shape.Width; x++)
        {
            var value = TLanes.Subtract(TLanes.Load(in from, (nuint)(x * shape.Channels)), mean);
            (own, ownSquare) = (TLanes.Add(own, value), TLanes.MultiplyAdd(value, value, ownSquare));
        }

        return (TLanes.Add(sum, own), TLanes.Add(square, ownSquare));
    }

    /// <summary>The one whose product with the sign is larger; the first of equals.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Larger<TLanes, TVector>(TVector first, TVector second, TVector sign)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct =>
        TLanes.Select(TLanes.GreaterThan(TLanes.Multiply(second, sign), TLanes.Multiply(first, sign)), second, first);
}
