using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ModelGen.Cpu.Simd;

namespace ModelGen.Cpu.Kernels;

/// <summary>The gradient of a batch norm's input: what every pixel has through the mean and the variance, and the largest of each window its own.</summary>
/// <param name="shape">The image and the windows.</param>
/// <param name="dy">The gradient of the pooled image.</param>
/// <param name="x">The image.</param>
/// <param name="state">The norm's state.</param>
/// <param name="dx">Is given the image's gradient.</param>
internal readonly ref struct NormBackward<TActivation>(
    PooledShape shape, ReadOnlySpan<float> dy, ReadOnlySpan<float> x, ReadOnlySpan<float> state, Span<float> dx) : IColumnLoop
    where TActivation : struct, IActivation
{
    private readonly ReadOnlySpan<float> _dy = dy;
    private readonly ReadOnlySpan<float> _x = x;
    private readonly ReadOnlySpan<float> _state = state;
    private readonly Span<float> _dx = dx;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<TLanes, TVector>(int column)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var channel = new Channel<TLanes, TVector>(_state, shape.Channels, column);
        ref var gradient = ref Unsafe.Add(ref MemoryMarshal.GetReference(_dy), column);
        var (pixel, row, pool) = ((nuint)shape.Channels, (nuint)(shape.Width * shape.Channels), shape.Pool);
        var (height, width) = (shape.OutHeight, shape.OutWidth);
        for (var y = 0; y < height; y++)
        {
            var start = (y * pool * (int)row) + column;
            ref var from = ref Unsafe.Add(ref MemoryMarshal.GetReference(_x), start);
            ref var to = ref Unsafe.Add(ref MemoryMarshal.GetReference(_dx), start);
            for (var x = 0; x < width; x++)
            {
                var most = channel.Normalised(in from, 0);
                if (pool == 1)
                {
                    TLanes.Store(channel.Gradient(in from, 0, channel.Left<TActivation>(in gradient, most)), ref to, 0);
                }
                else if (pool == 2)
                {
                    var right = channel.Normalised(in from, pixel);
                    var below = channel.Normalised(in from, row);
                    var across = channel.Normalised(in from, row + pixel);
                    var first = most;
                    most = TLanes.Max(TLanes.Max(most, right), TLanes.Max(below, across));
                    var left = channel.Left<TActivation>(in gradient, most);
                    TLanes.Store(channel.Gradient(in from, 0, Given<TLanes, TVector>(first, most, ref left)), ref to, 0);
                    TLanes.Store(channel.Gradient(in from, pixel, Given<TLanes, TVector>(right, most, ref left)), ref to, pixel);
                    TLanes.Store(channel.Gradient(in from, row, Given<TLanes, TVector>(below, most, ref left)), ref to, row);
                    TLanes.Store(channel.Gradient(in from, row + pixel, Given<TLanes, TVector>(across, most, ref left)), ref to, row + pixel);
                }
                else
                {
                    Window<TLanes, TVector>(column, in gradient, in from, ref to);
                }

                from = ref Unsafe.Add(ref from, (nuint)pool * pixel);
                to = ref Unsafe.Add(ref to, (nuint)pool * pixel);
                gradient = ref Unsafe.Add(ref gradient, pixel);
            }
        }

        Rest<TLanes, TVector>(column);
    }

    /// <summary>The first value that is the largest takes the gradient; nothing is left for another.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Given<TLanes, TVector>(TVector value, TVector most, ref TVector left)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var wins = TLanes.AreEqual(value, most);
        var given = TLanes.Select(wins, left, TLanes.All(0));
        left = TLanes.Select(wins, TLanes.All(0), left);
        return given;
    }

    private void Window<TLanes, TVector>(int column, ref readonly float gradient, ref readonly float from, ref float to)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var channel = new Channel<TLanes, TVector>(_state, shape.Channels, column);
        var most = channel.Normalised(in from, 0);
        for (var i = 1; i < shape.Pool * shape.Pool; i++)
            most = TLanes.Max(most, channel.Normalised(in from, shape.Under(i)));
        var left = channel.Left<TActivation>(in gradient, most);
        for (var i = 0; i < shape.Pool * shape.Pool; i++)
        {
            var place = shape.Under(i);
            TLanes.Store(channel.Gradient(in from, place, Given<TLanes, TVector>(channel.Normalised(in from, place), most, ref left)), ref to, place);
        }
    }

    /// <summary>The rows and columns that fill no window: they belong to the mean and the variance all the same.</summary>
    private void Rest<TLanes, TVector>(int column)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var channel = new Channel<TLanes, TVector>(_state, shape.Channels, column);
        var (height, width) = (shape.OutHeight * shape.Pool, shape.OutWidth * shape.Pool);
        for (var y = 0; y < shape.Height; y++)
        {
            for (var x = y < height ? width : 0; x < shape.Width; x++)
            {
                var pixel = (nuint)((((y * shape.Width) + x) * shape.Channels) + column);
                TLanes.Store(channel.Gradient(in MemoryMarshal.GetReference(_x), pixel, TLanes.All(0)), ref MemoryMarshal.GetReference(_dx), pixel);
            }
        }
    }

    /// <summary>The state of the channels of a vector.</summary>
    private readonly struct Channel<TLanes, TVector>(ReadOnlySpan<float> state, int channels, int column)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        private readonly TVector _scale = TLanes.Load(in state[(NormState.Scale * channels) + column], 0);
        private readonly TVector _shift = TLanes.Load(in state[(NormState.Shift * channels) + column], 0);
        private readonly TVector _mean = TLanes.Load(in state[(NormState.Mean * channels) + column], 0);
        private readonly TVector _slope = TLanes.Load(in state[(NormState.Slope * channels) + column], 0);
        private readonly TVector _offset = TLanes.Load(in state[(NormState.Offset * channels) + column], 0);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Normalised(ref readonly float from, nuint place) => TLanes.MultiplyAdd(TLanes.Load(in from, place), _scale, _shift);

        /// <summary>The part of a window's gradient that its largest value has.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Left<TFunction>(ref readonly float gradient, TVector most)
            where TFunction : struct, IActivation =>
            TLanes.Multiply(TLanes.Load(in gradient, 0), TLanes.Multiply(_scale, TFunction.Derivative<TLanes, TVector>(most)));

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public TVector Gradient(ref readonly float from, nuint place, TVector own) =>
            TLanes.Add(own, TLanes.MultiplyAdd(TLanes.Subtract(TLanes.Load(in from, place), _mean), _slope, _offset));
    }
}
