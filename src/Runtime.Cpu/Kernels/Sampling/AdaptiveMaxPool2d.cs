using System.Diagnostics;
using System.Runtime.InteropServices;
using ModelGen.Cpu.Simd;

namespace ModelGen.Cpu.Kernels;

/// <summary>The largest value under windows sized so that the output has its size. Of equal ones the first takes the gradient.</summary>
/// <typeparam name="T">The layer's constants.</typeparam>
public static class AdaptiveMaxPool2d<T>
    where T : struct, IAdaptivePool2d
{
    /// <summary>The output.</summary>
    /// <param name="x"><c>[height, width, channels]</c></param>
    /// <param name="y">Is given <c>[out height, out width, channels]</c>.</param>
    public static void Forward(ReadOnlySpan<float> x, Span<float> y) => Forward(x, y, Columns.Widest);

    /// <summary>The gradient.</summary>
    /// <param name="dy">The output's.</param>
    /// <param name="x">The input.</param>
    /// <param name="dx">Is given the input's.</param>
    public static void Backward(ReadOnlySpan<float> dy, ReadOnlySpan<float> x, Span<float> dx) => Backward(dy, x, dx, Columns.Widest);

    internal static void Forward(ReadOnlySpan<float> x, Span<float> y, int lanes)
    {
        Debug.Assert(x.Length == T.Height * T.Width * T.Channels && y.Length == T.OutHeight * T.OutWidth * T.Channels);
        for (var place = 0; place < T.OutHeight * T.OutWidth; place++)
        {
            var (rows, columns) = Window(place);
            var largest = y.Slice(place * T.Channels, T.Channels);
            x.Slice(((rows.First * T.Width) + columns.First) * T.Channels, T.Channels).CopyTo(largest);
            for (var row = rows.First; row < rows.End; row++)
            {
                for (var column = columns.First; column < columns.End; column++)
                    Elementwise.Pair(default(Maximum), x.Slice(((row * T.Width) + column) * T.Channels, T.Channels), largest, largest, lanes);
            }
        }
    }

    internal static void Backward(ReadOnlySpan<float> dy, ReadOnlySpan<float> x, Span<float> dx, int lanes)
    {
        Debug.Assert(x.Length == T.Height * T.Width * T.Channels && dx.Length == x.Length && dy.Length == T.OutHeight * T.OutWidth * T.Channels);
        dx.Clear();
        for (var place = 0; place < T.OutHeight * T.OutWidth; place++)
        {
            var (rows, columns) = Window(place);
            var loop = new BackwardLoop(rows, columns, dy.Slice(place * T.Channels, T.Channels), x, dx);
            Lanes.Run(ref loop, T.Channels, lanes);
        }
    }

    private static (AdaptiveWindow Rows, AdaptiveWindow Columns) Window(int place) =>
        (AdaptiveWindow.Of(place / T.OutWidth, T.Height, T.OutHeight), AdaptiveWindow.Of(place % T.OutWidth, T.Width, T.OutWidth));

    // First which of the window's pixels is the largest in each lane, then each pixel adds what is its own.
    private readonly ref struct BackwardLoop(AdaptiveWindow rows, AdaptiveWindow columns, ReadOnlySpan<float> dy, ReadOnlySpan<float> x, Span<float> dx) : IValueLoop
    {
        private readonly AdaptiveWindow _rows = rows;
        private readonly AdaptiveWindow _columns = columns;
        private readonly ref float _dy = ref MemoryMarshal.GetReference(dy);
        private readonly ref float _x = ref MemoryMarshal.GetReference(x);
        private readonly ref float _dx = ref MemoryMarshal.GetReference(dx);

        public void Run<TLanes, TVector>(nuint first, nuint end)
            where TLanes : struct, ILanes<TVector>
            where TVector : struct
        {
            for (var i = first; i < end; i += (nuint)TLanes.Count)
            {
                TVector largest = TLanes.All(float.NegativeInfinity), owner = TLanes.All(0);
                for (var k = 0; k < _rows.Count * _columns.Count; k++)
                {
                    var x = TLanes.Load(in _x, Offset(k) + i);
                    var isLarger = TLanes.GreaterThan(x, largest);
                    (largest, owner) = (TLanes.Select(isLarger, x, largest), TLanes.Select(isLarger, TLanes.All(k), owner));
                }

                var dy = TLanes.Load(in _dy, i);
                for (var k = 0; k < _rows.Count * _columns.Count; k++)
                {
                    var own = TLanes.Select(TLanes.AreEqual(owner, TLanes.All(k)), dy, TLanes.All(0));
                    TLanes.Store(TLanes.Add(TLanes.Load(in _dx, Offset(k) + i), own), ref _dx, Offset(k) + i);
                }
            }
        }

        private nuint Offset(int k) => (nuint)((((_rows.First + (k / _columns.Count)) * T.Width) + _columns.First + (k % _columns.Count)) * T.Channels);
    }
}
