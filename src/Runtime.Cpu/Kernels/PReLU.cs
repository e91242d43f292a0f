using System.Diagnostics;
using System.Runtime.InteropServices;
using ModelGen.Cpu.Simd;

namespace ModelGen.Cpu.Kernels;

/// <summary><c>max(x, 0) + weight min(x, 0)</c>, with a trained weight for each channel or for all.</summary>
/// <typeparam name="T">The layer's constants.</typeparam>
public static class PReLU<T>
    where T : struct, IPReLU
{
    /// <summary>Floats of the prepared weights: one for each value of <c>[channels, inner]</c>.</summary>
    public static int PreparedLength => T.Channels * T.Inner;

    /// <summary>Floats that a worker needs for itself: none.</summary>
    public static int ScratchLength => 0;

    /// <summary>Floats of a worker's sums of gradients.</summary>
    public static int SumsLength => PreparedLength;

    private static int Length => T.Outer * T.Channels * T.Inner;

    /// <summary>Writes a weight for each value. To be called whenever they change.</summary>
    /// <param name="weight"><c>[channels]</c></param>
    /// <param name="prepared">Is given the weights, of <see cref="PreparedLength"/>.</param>
    public static void Prepare(ReadOnlySpan<float> weight, Span<float> prepared)
    {
        Debug.Assert(weight.Length == T.Channels && prepared.Length == PreparedLength);
        for (var channel = 0; channel < T.Channels; channel++)
            prepared.Slice(channel * T.Inner, T.Inner).Fill(weight[channel]);
    }

    /// <summary>The output.</summary>
    /// <param name="x"><c>[outer, channels, inner]</c></param>
    /// <param name="prepared">The prepared weights.</param>
    /// <param name="y">Is given the output, of the same shape.</param>
    /// <param name="scratch">Empty.</param>
    public static void Forward(ReadOnlySpan<float> x, ReadOnlySpan<float> prepared, Span<float> y, Span<float> scratch) => Forward(x, prepared, y, Columns.Widest);

    /// <summary>The gradients.</summary>
    /// <param name="dy">The output's.</param>
    /// <param name="x">The input.</param>
    /// <param name="prepared">The prepared weights.</param>
    /// <param name="dx">Is given the input's; empty where nobody asks for it.</param>
    /// <param name="sums">The worker's: the gradients of the weights are added.</param>
    /// <param name="scratch">Empty.</param>
    public static void Backward(
        ReadOnlySpan<float> dy, ReadOnlySpan<float> x, ReadOnlySpan<float> prepared, Span<float> dx, Span<float> sums, Span<float> scratch) =>
        Backward(dy, x, prepared, dx, sums, Columns.Widest);

    /// <summary>Adds the workers' sums, in their order, to the gradients, and clears them.</summary>
    /// <param name="sums">All workers', one behind the other.</param>
    /// <param name="workers">How many.</param>
    /// <param name="weightGradient"><c>[channels]</c></param>
    public static void Collect(Span<float> sums, int workers, Span<float> weightGradient)
    {
        Debug.Assert(sums.Length >= workers * SumsLength && weightGradient.Length == T.Channels);
        for (var i = 0; i < workers * SumsLength; i++)
            weightGradient[i % SumsLength / T.Inner] += sums[i];
        sums[..(workers * SumsLength)].Clear();
    }

    internal static void Forward(ReadOnlySpan<float> x, ReadOnlySpan<float> prepared, Span<float> y, int lanes)
    {
        Debug.Assert(x.Length == Length && prepared.Length == PreparedLength && y.Length == Length);
        var loop = new ForwardLoop(x, prepared, y);
        Lanes.Run(ref loop, PreparedLength, lanes);
    }

    internal static void Backward(ReadOnlySpan<float> dy, ReadOnlySpan<float> x, ReadOnlySpan<float> prepared, Span<float> dx, Span<float> sums, int lanes)
    {
        Debug.Assert(dy.Length == Length && x.Length == Length && prepared.Length == PreparedLength && dx.Length is var length && (length == 0 || length == Length));
        Debug.Assert(sums.Length == SumsLength);
        var loop = new BackwardLoop(dy, x, prepared, dx, sums);
        Lanes.Run(ref loop, PreparedLength, lanes);
    }

    private readonly ref struct ForwardLoop(ReadOnlySpan<float> x, ReadOnlySpan<float> weights, Span<float> y) : IValueLoop
    {
        private readonly ref float _x = ref MemoryMarshal.GetReference(x);
        private readonly ref float _weights = ref MemoryMarshal.GetReference(weights);
        private readonly ref float _y = ref MemoryMarshal.GetReference(y);

        public void Run<TLanes, TVector>(nuint first, nuint end)
            where TLanes : struct, ILanes<TVector>
            where TVector : struct
        {
            var row = (nuint)PreparedLength;
            for (var i = first; i < end; i += (nuint)TLanes.Count)
            {
                var weight = TLanes.Load(in _weights, i);
                for (var at = i; at < (nuint)Length; at += row)
                {
                    var x = TLanes.Load(in _x, at);
                    TLanes.Store(TLanes.Select(TLanes.GreaterThan(x, TLanes.All(0)), x, TLanes.Multiply(x, weight)), ref _y, at);
                }
            }
        }
    }

    private readonly ref struct BackwardLoop(
        ReadOnlySpan<float> dy, ReadOnlySpan<float> x, ReadOnlySpan<float> weights, Span<float> dx, Span<float> sums) : IValueLoop
    {
        private readonly ref float _dy = ref MemoryMarshal.GetReference(dy);
        private readonly ref float _x = ref MemoryMarshal.GetReference(x);
        private readonly ref float _weights = ref MemoryMarshal.GetReference(weights);
        private readonly ref float _dx = ref MemoryMarshal.GetReference(dx);
        private readonly ref float _sums = ref MemoryMarshal.GetReference(sums);
        private readonly bool _asksForInput = !dx.IsEmpty;

        public void Run<TLanes, TVector>(nuint first, nuint end)
            where TLanes : struct, ILanes<TVector>
            where TVector : struct
        {
            var row = (nuint)PreparedLength;
            for (var i = first; i < end; i += (nuint)TLanes.Count)
            {
                var (weight, sum) = (TLanes.Load(in _weights, i), TLanes.Load(in _sums, i));
                for (var at = i; at < (nuint)Length; at += row)
                {
                    var (dy, x) = (TLanes.Load(in _dy, at), TLanes.Load(in _x, at));
                    sum = TLanes.MultiplyAdd(dy, TLanes.Min(x, TLanes.All(0)), sum);
                    if (_asksForInput)
                        TLanes.Store(TLanes.Select(TLanes.GreaterThan(x, TLanes.All(0)), dy, TLanes.Multiply(dy, weight)), ref _dx, at);
                }

                TLanes.Store(sum, ref _sums, i);
            }
        }
    }
}
