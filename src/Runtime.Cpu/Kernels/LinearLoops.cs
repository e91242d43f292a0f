using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using ModelGen.Cpu.Simd;

namespace ModelGen.Cpu.Kernels;

/// <summary>A linear layer's three matrix products.</summary>
internal static class LinearLoops
{
    // Places that fit on the stack.
    private const int Block = 64;

    public static void Forward(ReadOnlySpan<float> x, ReadOnlySpan<float> weight, ReadOnlySpan<float> bias, Span<float> y, int rows, int lanes)
    {
        // A worker of more than there are samples has none.
        if (rows == 0)
            return;
        var products = new RowProducts(x, weight, bias, y, rows);
        if (lanes == 16)
            products.Run<Lanes512, Vector512<float>>();
        else if (lanes == 8)
            products.Run<Lanes256, Vector256<float>>();
        else if (lanes == 4)
            products.Run<Lanes128, Vector128<float>>();
        else
            products.Run<Lanes1, float>();
    }

    public static void BackwardInput(ReadOnlySpan<float> dy, ReadOnlySpan<float> weight, Span<float> dx, int rows, int lanes) =>
        Multiply(dy, weight, [], dx, rows, lanes);

    /// <summary><c>y[r] = start + x[r] matrix</c></summary>
    /// <param name="x">The rows.</param>
    /// <param name="matrix">As many rows as x has columns, of as many columns as y has.</param>
    /// <param name="start">What each row of y starts at; empty for zeros.</param>
    /// <param name="y">Is given the products.</param>
    /// <param name="rows">How many.</param>
    /// <param name="lanes">Lanes of the widest vectors to use.</param>
    public static void Multiply(ReadOnlySpan<float> x, ReadOnlySpan<float> matrix, ReadOnlySpan<float> start, Span<float> y, int rows, int lanes)
    {
        if (rows == 0)
            return;
        var (inner, columns) = (x.Length / rows, y.Length / rows);
        Span<Place> places = stackalloc Place[Math.Min(rows, Block)];
        for (var i = 0; i < places.Length; i++)
            places[i] = new Place(i * inner, i * columns);
        for (var first = 0; first < rows; first += Block)
        {
            var loop = new Product(places[..Math.Min(Block, rows - first)], x[(first * inner)..], matrix, start, y[(first * columns)..], inner, columns);
            Columns.RunTiles(ref loop, columns, lanes);
        }
    }

    public static void BackwardParameters(
        ReadOnlySpan<float> dy, ReadOnlySpan<float> x, int rows, int first, int end, Span<float> weightGradient, Span<float> biasGradient, int lanes)
    {
        var (inputs, outputs) = (x.Length / rows, dy.Length / rows);
        if (first == end)
            return;
        Span<Place> places = stackalloc Place[Math.Min(rows, Block)];
        for (var i = 0; i < places.Length; i++)
            places[i] = new Place(i * outputs, 0);
        for (var row = 0; row < rows; row += Block)
        {
            var gradient = dy[((row * outputs) + first)..];
            var loop = new WeightGradient(
                places[..Math.Min(Block, rows - row)],
                gradient,
                x[(row * inputs)..],
                weightGradient[(first * inputs)..],
                inputs,
                end - first);
            Columns.RunTiles(ref loop, inputs, lanes);
        }

        for (var output = first; output < end && !biasGradient.IsEmpty; output++)
        {
            var sum = 0f;
            for (var row = 0; row < rows; row++)
                sum += dy[(row * outputs) + output];
            biasGradient[output] += sum;
        }
    }

    private readonly ref struct Product(
        ReadOnlySpan<Place> places, ReadOnlySpan<float> x, ReadOnlySpan<float> matrix, ReadOnlySpan<float> start,
        Span<float> y, int inner, int columns) : ITileLoop
    {
        private readonly ReadOnlySpan<Place> _places = places;
        private readonly ReadOnlySpan<float> _x = x;
        private readonly ReadOnlySpan<float> _matrix = matrix;
        private readonly ReadOnlySpan<float> _start = start;
        private readonly Span<float> _y = y;

        public void Run<TLanes, TVector, TColumns>(int column)
            where TLanes : struct, ILanes<TVector>
            where TVector : struct
            where TColumns : struct, ICount => Tiles.Multiply<TLanes, TVector, TColumns, Identity>(
            ref MemoryMarshal.GetReference(_x),
            _places,
            [0],
            inner,
            ref Unsafe.Add(ref MemoryMarshal.GetReference(_matrix), column),
            columns,
            ref _start.IsEmpty ? ref Unsafe.NullRef<float>() : ref Unsafe.Add(ref MemoryMarshal.GetReference(_start), column),
            ref Unsafe.NullRef<float>(),
            ref Unsafe.Add(ref MemoryMarshal.GetReference(_y), column));
    }

    private readonly ref struct WeightGradient(
        ReadOnlySpan<Place> places, ReadOnlySpan<float> dy, ReadOnlySpan<float> x, Span<float> gradient, int inputs, int outputs) : ITileLoop
    {
        private readonly ReadOnlySpan<Place> _places = places;
        private readonly ReadOnlySpan<float> _dy = dy;
        private readonly ReadOnlySpan<float> _x = x;
        private readonly Span<float> _gradient = gradient;

        public void Run<TLanes, TVector, TColumns>(int column)
            where TLanes : struct, ILanes<TVector>
            where TVector : struct
            where TColumns : struct, ICount => Tiles.Accumulate<TLanes, TVector, TColumns>(
            ref MemoryMarshal.GetReference(_dy),
            _places,
            outputs,
            ref Unsafe.Add(ref MemoryMarshal.GetReference(_x), column),
            inputs,
            ref Unsafe.Add(ref MemoryMarshal.GetReference(_gradient), column),
            inputs);
    }
}
