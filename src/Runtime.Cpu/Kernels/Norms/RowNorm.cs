using System.Runtime.InteropServices;
using ModelGen.Cpu.Simd;

namespace ModelGen.Cpu.Kernels;

/// <summary>
/// The normalisation of one row: <c>y = (x - mean) / sqrt(variance + epsilon) weight + bias</c>. Mean and variance are computed again in the backward pass:
/// reading a row twice costs less than keeping them would in memory and in arguments.
/// </summary>
/// <param name="Mean">What is taken off.</param>
/// <param name="Inverse">1 / the deviation.</param>
internal readonly record struct RowNorm(float Mean, float Inverse)
{
    /// <summary>That of a row.</summary>
    /// <param name="x">The row.</param>
    /// <param name="epsilon">Added to the variance.</param>
    /// <param name="isCentred">Whether the mean is taken off; otherwise it is 0.</param>
    /// <param name="lanes">Lanes of the widest vectors to use.</param>
    public static RowNorm Of(ReadOnlySpan<float> x, double epsilon, bool isCentred, int lanes)
    {
        var mean = isCentred ? Elementwise.Sum(x, lanes) / x.Length : 0;
        var variance = Elementwise.Sum(new SquaredDistance(mean), x, x, lanes) / x.Length;
        return new RowNorm(mean, (float)(1 / Math.Sqrt(variance + epsilon)));
    }

    /// <summary>Normalises it.</summary>
    public void Forward(ReadOnlySpan<float> x, ReadOnlySpan<float> weight, ReadOnlySpan<float> bias, Span<float> y, int lanes)
    {
        var loop = new ForwardLoop(this, x, weight, bias, y);
        Lanes.Run(ref loop, x.Length, lanes);
    }

    /// <summary>Its gradients.</summary>
    /// <param name="dy">The output's.</param>
    /// <param name="x">The row.</param>
    /// <param name="weight">The weights.</param>
    /// <param name="dx">Is given the row's; or empty.</param>
    /// <param name="sums">The gradients of the weights, and behind them of the biases, are added; or empty.</param>
    /// <param name="isCentred">Whether the mean was taken off.</param>
    /// <param name="lanes">Lanes of the widest vectors to use.</param>
    public void Backward(ReadOnlySpan<float> dy, ReadOnlySpan<float> x, ReadOnlySpan<float> weight, Span<float> dx, Span<float> sums, bool isCentred, int lanes)
    {
        if (!sums.IsEmpty)
        {
            var loop = new SumsLoop(this, dy, x, sums);
            Lanes.Run(ref loop, x.Length, lanes);
        }

        if (!dx.IsEmpty)
        {
            var totals = new TotalsLoop(this, dy, x, weight);
            Lanes.Run(ref totals, x.Length, lanes);
            var loop = new BackwardLoop(this, isCentred ? totals.Gradient / x.Length : 0, totals.Product / x.Length, dy, x, weight, dx);
            Lanes.Run(ref loop, x.Length, lanes);
        }
    }

    private readonly struct SquaredDistance(float mean) : IPairing
    {
        public TVector Value<TLanes, TVector>(TVector left, TVector right)
            where TLanes : struct, ILanes<TVector>
            where TVector : struct
        {
            var distance = TLanes.Subtract(left, TLanes.All(mean));
            return TLanes.Multiply(distance, distance);
        }
    }

    private readonly ref struct ForwardLoop(RowNorm norm, ReadOnlySpan<float> x, ReadOnlySpan<float> weight, ReadOnlySpan<float> bias, Span<float> y) : IValueLoop
    {
        private readonly RowNorm _norm = norm;
        private readonly ref float _x = ref MemoryMarshal.GetReference(x);
        private readonly ref float _weight = ref MemoryMarshal.GetReference(weight);
        private readonly ref float _bias = ref MemoryMarshal.GetReference(bias);
        private readonly ref float _y = ref MemoryMarshal.GetReference(y);

        public void Run<TLanes, TVector>(nuint first, nuint end)
            where TLanes : struct, ILanes<TVector>
            where TVector : struct
        {
            var (mean, inverse) = (TLanes.All(_norm.Mean), TLanes.All(_norm.Inverse));
            for (var i = first; i < end; i += (nuint)TLanes.Count)
            {
                var normal = TLanes.Multiply(TLanes.Subtract(TLanes.Load(in _x, i), mean), inverse);
                TLanes.Store(TLanes.MultiplyAdd(normal, TLanes.Load(in _weight, i), TLanes.Load(in _bias, i)), ref _y, i);
            }
        }
    }

    // The weights' gradients dy (x - mean) / deviation, and the biases' dy.
    private readonly ref struct SumsLoop(RowNorm norm, ReadOnlySpan<float> dy, ReadOnlySpan<float> x, Span<float> sums) : IValueLoop
    {
        private readonly RowNorm _norm = norm;
        private readonly nuint _length = (nuint)x.Length;
        private readonly ref float _dy = ref MemoryMarshal.GetReference(dy);
        private readonly ref float _x = ref MemoryMarshal.GetReference(x);
        private readonly ref float _sums = ref MemoryMarshal.GetReference(sums);

        public void Run<TLanes, TVector>(nuint first, nuint end)
            where TLanes : struct, ILanes<TVector>
            where TVector : struct
        {
            var (mean, inverse) = (TLanes.All(_norm.Mean), TLanes.All(_norm.Inverse));
            for (var i = first; i < end; i += (nuint)TLanes.Count)
            {
                var dy = TLanes.Load(in _dy, i);
                var normal = TLanes.Multiply(TLanes.Subtract(TLanes.Load(in _x, i), mean), inverse);
                TLanes.Store(TLanes.MultiplyAdd(dy, normal, TLanes.Load(in _sums, i)), ref _sums, i);
                TLanes.Store(TLanes.Add(dy, TLanes.Load(in _sums, _length + i)), ref _sums, _length + i);
            }
        }
    }

    // What the mean and the deviation pass on: the sums of dy weight, and of the same times the normalised value.
    private ref struct TotalsLoop(RowNorm norm, ReadOnlySpan<float> dy, ReadOnlySpan<float> x, ReadOnlySpan<float> weight) : IValueLoop
    {
        private readonly RowNorm _norm = norm;
        private readonly ref float _dy = ref MemoryMarshal.GetReference(dy);
        private readonly ref float _x = ref MemoryMarshal.GetReference(x);
        private readonly ref float _weight = ref MemoryMarshal.GetReference(weight);

        public float Gradient { get; private set; }

        public float Product { get; private set; }

        public void Run<TLanes, TVector>(nuint first, nuint end)
            where TLanes : struct, ILanes<TVector>
            where TVector : struct
        {
            var (mean, inverse) = (TLanes.All(_norm.Mean), TLanes.All(_norm.Inverse));
            TVector sum = TLanes.All(0), product = sum;
            for (var i = first; i < end; i += (nuint)TLanes.Count)
            {
                var gradient = TLanes.Multiply(TLanes.Load(in _dy, i), TLanes.Load(in _weight, i));
                sum = TLanes.Add(sum, gradient);
                product = TLanes.MultiplyAdd(gradient, TLanes.Multiply(TLanes.Subtract(TLanes.Load(in _x, i), mean), inverse), product);
            }

            Gradient += TLanes.Sum(sum);
            Product += TLanes.Sum(product);
        }
    }

    private readonly ref struct BackwardLoop(
        RowNorm norm, float gradient, float product,
        ReadOnlySpan<float> dy, ReadOnlySpan<float> x, ReadOnlySpan<float> weight, Span<float> dx) : IValueLoop
    {
        private readonly RowNorm _norm = norm;
        private readonly float _gradient = gradient;
        private readonly float _product = product;
        private readonly ref float _dy = ref MemoryMarshal.GetReference(dy);
        private readonly ref float _x = ref MemoryMarshal.GetReference(x);
        private readonly ref float _weight = ref MemoryMarshal.GetReference(weight);
        private readonly ref float _dx = ref MemoryMarshal.GetReference(dx);

        public void Run<TLanes, TVector>(nuint first, nuint end)
            where TLanes : struct, ILanes<TVector>
            where TVector : struct
        {
            var (mean, inverse) = (TLanes.All(_norm.Mean), TLanes.All(_norm.Inverse));
            var (gradient, product) = (TLanes.All(_gradient), TLanes.All(-_product));
            for (var i = first; i < end; i += (nuint)TLanes.Count)
            {
                var own = TLanes.Subtract(TLanes.Multiply(TLanes.Load(in _dy, i), TLanes.Load(in _weight, i)), gradient);
                var normal = TLanes.Multiply(TLanes.Subtract(TLanes.Load(in _x, i), mean), inverse);
                TLanes.Store(TLanes.Multiply(TLanes.MultiplyAdd(normal, product, own), inverse), ref _dx, i);
            }
        }
    }
}
