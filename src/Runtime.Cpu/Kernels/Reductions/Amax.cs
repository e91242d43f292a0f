using System.Diagnostics;
using System.Runtime.InteropServices;
using ModelGen.Cpu.Simd;

namespace ModelGen.Cpu.Kernels;

/// <summary>The largest value along a dimension, as PyTorch's <c>amax</c>: equal ones share the gradient. Over the pixels of an image it is a global max pool.</summary>
/// <typeparam name="T">The layer's constants.</typeparam>
public static class Amax<T>
    where T : struct, IReduction
{
    /// <summary>The output.</summary>
    /// <param name="x"><c>[outer, length, inner]</c></param>
    /// <param name="y">Is given <c>[outer, inner]</c>.</param>
    public static void Forward(ReadOnlySpan<float> x, Span<float> y) => Forward(x, y, Columns.Widest);

    /// <summary>The gradient.</summary>
    /// <param name="dy">The output's.</param>
    /// <param name="x">The input.</param>
    /// <param name="dx">Is given the input's.</param>
    public static void Backward(ReadOnlySpan<float> dy, ReadOnlySpan<float> x, Span<float> dx) => Backward(dy, x, dx, Columns.Widest);

    internal static void Forward(ReadOnlySpan<float> x, Span<float> y, int lanes)
    {
        Debug.Assert(x.Length == T.Outer * T.Length * T.Inner && y.Length == T.Outer * T.Inner);
        for (var outer = 0; outer < T.Outer; outer++)
        {
            var own = x.Slice(outer * T.Length * T.Inner, T.Length * T.Inner);
            var largest = y.Slice(outer * T.Inner, T.Inner);
            if (T.Inner == 1)
            {
                largest[0] = Elementwise.Largest(own, lanes);
                continue;
            }

            own[..T.Inner].CopyTo(largest);
            for (var at = T.Inner; at < own.Length; at += T.Inner)
                Elementwise.Pair(default(Maximum), own.Slice(at, T.Inner), largest, largest, lanes);
        }
    }

    internal static void Backward(ReadOnlySpan<float> dy, ReadOnlySpan<float> x, Span<float> dx, int lanes)
    {
        Debug.Assert(x.Length == T.Outer * T.Length * T.Inner && dx.Length == x.Length && dy.Length == T.Outer * T.Inner);
        var size = T.Length * T.Inner;
        for (var outer = 0; outer < T.Outer; outer++)
        {
            var loop = new BackwardLoop(dy.Slice(outer * T.Inner, T.Inner), x.Slice(outer * size, size), dx.Slice(outer * size, size));
            Lanes.Run(ref loop, T.Inner, lanes);
        }
    }

    private readonly ref struct BackwardLoop(ReadOnlySpan<float> dy, ReadOnlySpan<float> x, Span<float> dx) : IValueLoop
    {
        private readonly ref float _dy = ref MemoryMarshal.GetReference(dy);
        private readonly ref float _x = ref MemoryMarshal.GetReference(x);
        private readonly ref float _dx = ref MemoryMarshal.GetReference(dx);

        public void Run<TLanes, TVector>(nuint first, nuint end)
            where TLanes : struct, ILanes<TVector>
            where TVector : struct
        {
            var (row, size) = ((nuint)T.Inner, (nuint)(T.Length * T.Inner));
            for (var i = first; i < end; i += (nuint)TLanes.Count)
            {
                var largest = TLanes.Load(in _x, i);
                for (var at = i + row; at < size; at += row)
                    largest = TLanes.Max(largest, TLanes.Load(in _x, at));

                var count = TLanes.All(0);
                for (var at = i; at < size; at += row)
                    count = TLanes.Add(count, TLanes.Select(TLanes.AreEqual(TLanes.Load(in _x, at), largest), TLanes.All(1), TLanes.All(0)));

                var share = TLanes.Divide(TLanes.Load(in _dy, i), count);
                for (var at = i; at < size; at += row)
                    TLanes.Store(TLanes.Select(TLanes.AreEqual(TLanes.Load(in _x, at), largest), share, TLanes.All(0)), ref _dx, at);
            }
        }
    }
}
