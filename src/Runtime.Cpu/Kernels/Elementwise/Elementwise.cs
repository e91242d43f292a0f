using System.Runtime.InteropServices;
using ModelGen.Cpu.Simd;

namespace ModelGen.Cpu.Kernels;

/// <summary>Loops over values in the same place of several tensors. The destination may be one of the sources.</summary>
internal static class Elementwise
{
    /// <summary><c>y = activation(x)</c></summary>
    public static void Map<TActivation>(ReadOnlySpan<float> x, Span<float> y, int lanes)
        where TActivation : struct, IActivation
    {
        var loop = new Mapping<TActivation>(x, y);
        Lanes.Run(ref loop, y.Length, lanes);
    }

    /// <summary><c>y = pairing(left, right)</c></summary>
    public static void Pair<TPairing>(TPairing pairing, ReadOnlySpan<float> left, ReadOnlySpan<float> right, Span<float> y, int lanes)
        where TPairing : struct, IPairing
    {
        var loop = new Pairing<TPairing>(pairing, left, right, y);
        Lanes.Run(ref loop, y.Length, lanes);
    }

    /// <summary>The sum of <c>pairing(left, right)</c> over all places.</summary>
    public static float Sum<TPairing>(TPairing pairing, ReadOnlySpan<float> left, ReadOnlySpan<float> right, int lanes)
        where TPairing : struct, IPairing
    {
        var loop = new Summing<TPairing>(pairing, left, right);
        Lanes.Run(ref loop, left.Length, lanes);
        return loop.Total;
    }

    /// <summary>The sum.</summary>
    public static float Sum(ReadOnlySpan<float> x, int lanes) => Sum(default(Left), x, x, lanes);

    /// <summary>The largest value; NaN where there is one.</summary>
    public static float Largest(ReadOnlySpan<float> x, int lanes)
    {
        var loop = new LargestLoop(x);
        Lanes.Run(ref loop, x.Length, lanes);
        return loop.Total;
    }

    /// <summary><c>y = exp(x) / sum(exp(x))</c>. The largest value is taken off first, or exp would overflow.</summary>
    public static void Softmax(ReadOnlySpan<float> x, Span<float> y, int lanes)
    {
        Pair(new Exponential(Largest(x, lanes)), x, x, y, lanes);
        Pair(new Scaled(1 / Sum(y, lanes)), y, y, y, lanes);
    }

    /// <summary><c>y = left * right + addend</c></summary>
    public static void MultiplyAdd(ReadOnlySpan<float> left, ReadOnlySpan<float> right, ReadOnlySpan<float> addend, Span<float> y, int lanes)
    {
        var loop = new ProductAddition(left, right, addend, y);
        Lanes.Run(ref loop, y.Length, lanes);
    }

    /// <summary><c>sum += left * right</c></summary>
    public static void AddProduct(ReadOnlySpan<float> left, ReadOnlySpan<float> right, Span<float> sum, int lanes) => MultiplyAdd(left, right, sum, sum, lanes);

    private readonly ref struct Mapping<TActivation>(ReadOnlySpan<float> x, Span<float> y) : IValueLoop
        where TActivation : struct, IActivation
    {
        private readonly ref float _x = ref MemoryMarshal.GetReference(x);
        private readonly ref float _y = ref MemoryMarshal.GetReference(y);

        public void Run<TLanes, TVector>(nuint first, nuint end)
            where TLanes : struct, ILanes<TVector>
            where TVector : struct
        {
            for (var i = first; i < end; i += (nuint)TLanes.Count)
                TLanes.Store(TActivation.Value<TLanes, TVector>(TLanes.Load(in _x, i)), ref _y, i);
        }
    }

    private readonly ref struct Pairing<TPairing>(TPairing pairing, ReadOnlySpan<float> left, ReadOnlySpan<float> right, Span<float> y) : IValueLoop
        where TPairing : struct, IPairing
    {
        private readonly TPairing _pairing = pairing;
        private readonly ref float _left = ref MemoryMarshal.GetReference(left);
        private readonly ref float _right = ref MemoryMarshal.GetReference(right);
        private readonly ref float _y = ref MemoryMarshal.GetReference(y);

        public void Run<TLanes, TVector>(nuint first, nuint end)
            where TLanes : struct, ILanes<TVector>
            where TVector : struct
        {
            var pairing = _pairing;
            for (var i = first; i < end; i += (nuint)TLanes.Count)
                TLanes.Store(pairing.Value<TLanes, TVector>(TLanes.Load(in _left, i), TLanes.Load(in _right, i)), ref _y, i);
        }
    }

    private ref struct Summing<TPairing>(TPairing pairing, ReadOnlySpan<float> left, ReadOnlySpan<float> right) : IValueLoop
        where TPairing : struct, IPairing
    {
        private readonly TPairing _pairing = pairing;
        private readonly ref float _left = ref MemoryMarshal.GetReference(left);
        private readonly ref float _right = ref MemoryMarshal.GetReference(right);

        public float Total { get; private set; }

        public void Run<TLanes, TVector>(nuint first, nuint end)
            where TLanes : struct, ILanes<TVector>
            where TVector : struct
        {
            // Four sums, for an addition waits four cycles for the one before it.
            TVector a = TLanes.All(0), b = a, c = a, d = a;
            var (pairing, i, count) = (_pairing, first, (nuint)TLanes.Count);
            for (; i + (4 * count) <= end; i += 4 * count)
            {
                a = TLanes.Add(a, pairing.Value<TLanes, TVector>(TLanes.Load(in _left, i), TLanes.Load(in _right, i)));
                b = TLanes.Add(b, pairing.Value<TLanes, TVector>(TLanes.Load(in _left, i + count), TLanes.Load(in _right, i + count)));
                c = TLanes.Add(c, pairing.Value<TLanes, TVector>(TLanes.Load(in _left, i + (2 * count)), TLanes.Load(in _right, i + (2 * count))));
                d = TLanes.Add(d, pairing.Value<TLanes, TVector>(TLanes.Load(in _left, i + (3 * count)), TLanes.Load(in _right, i + (3 * count))));
            }

            for (; i < end; i += count)
                a = TLanes.Add(a, pairing.Value<TLanes, TVector>(TLanes.Load(in _left, i), TLanes.Load(in _right, i)));
            Total += TLanes.Sum(TLanes.Add(TLanes.Add(a, b), TLanes.Add(c, d)));
        }
    }

    private ref struct LargestLoop(ReadOnlySpan<float> x) : IValueLoop
    {
        private readonly ref float _x = ref MemoryMarshal.GetReference(x);

        public float Total { get; private set; } = float.NegativeInfinity;

        public void Run<TLanes, TVector>(nuint first, nuint end)
            where TLanes : struct, ILanes<TVector>
            where TVector : struct
        {
            var largest = TLanes.Load(in _x, first);
            for (var i = first + (nuint)TLanes.Count; i < end; i += (nuint)TLanes.Count)
                largest = TLanes.Max(largest, TLanes.Load(in _x, i));

            Span<float> each = stackalloc float[TLanes.Count];
            TLanes.Store(largest, ref each[0], 0);
            foreach (var value in each)
                Total = MathF.Max(Total, value);
        }
    }

    private readonly ref struct ProductAddition(ReadOnlySpan<float> left, ReadOnlySpan<float> right, ReadOnlySpan<float> addend, Span<float> y) : IValueLoop
    {
        private readonly ref float _left = ref MemoryMarshal.GetReference(left);
        private readonly ref float _right = ref MemoryMarshal.GetReference(right);
        private readonly ref float _addend = ref MemoryMarshal.GetReference(addend);
        private readonly ref float _y = ref MemoryMarshal.GetReference(y);

        public void Run<TLanes, TVector>(nuint first, nuint end)
            where TLanes : struct, ILanes<TVector>
            where TVector : struct
        {
            for (var i = first; i < end; i += (nuint)TLanes.Count)
                TLanes.Store(TLanes.MultiplyAdd(TLanes.Load(in _left, i), TLanes.Load(in _right, i), TLanes.Load(in _addend, i)), ref _y, i);
        }
    }
}
