using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ModelGen.Cpu.Simd;

namespace ModelGen.Cpu.Kernels;

/// <summary>
/// Products of rows with rows: <c>y[r][o] = x[r] . weight[o] + bias[o]</c>, a linear layer with its weights as PyTorch stores them. Vectors run along the
/// features; 4 rows by 4 outputs are added up at a time (3 by 4 where there are 16 registers), the outputs outside, so that a weight
/// is read once for as many rows as a cache holds.
/// </summary>
/// <param name="x">The rows of inputs.</param>
/// <param name="weight"><c>[outputs, inputs]</c></param>
/// <param name="bias"><c>[outputs]</c>, or empty.</param>
/// <param name="y">Is given the rows of outputs.</param>
/// <param name="rows">How many.</param>
internal readonly ref struct RowProducts(ReadOnlySpan<float> x, ReadOnlySpan<float> weight, ReadOnlySpan<float> bias, Span<float> y, int rows)
{
    // Inputs of as many rows as stay in the second-level cache while all weights pass by.
    private const int CachedFloats = 131_072;

    private readonly ReadOnlySpan<float> _x = x;
    private readonly ReadOnlySpan<float> _weight = weight;
    private readonly ReadOnlySpan<float> _bias = bias;
    private readonly Span<float> _y = y;
    private readonly int _outputs = y.Length / rows;
    private readonly int _inputs = x.Length / rows;

    /// <summary>Computes all of them.</summary>
    public void Run<TLanes, TVector>()
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var block = Math.Max(12, CachedFloats / _inputs / 12 * 12);
        for (var first = 0; first < rows; first += block)
        {
            for (var output = 0; output < _outputs; output += 4)
                Block<TLanes, TVector>(first, Math.Min(rows, first + block), output);
        }
    }

    private void Block<TLanes, TVector>(int row, int end, int output)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var most = TLanes.Count < 16 ? 3 : 4;
        for (; row + 1 < end; row += most)
        {
            if (most == 3)
                Tile<TLanes, TVector, Count3>(row, output);
            else
                Tile<TLanes, TVector, Count4>(row, output);
        }

        if (row < end)
            Tile<TLanes, TVector, Count1>(row, output);
    }

    // A row or an output behind the last one is the last one again, and is not written.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Tile<TLanes, TVector, TRows>(int row, int output)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
        where TRows : struct, ICount
    {
        var (inputs, outputs) = (_inputs, _outputs);
        ref var x0 = ref Row(_x, row, rows, inputs);
        ref var x1 = ref TRows.Value > 1 ? ref Row(_x, row + 1, rows, inputs) : ref x0;
        ref var x2 = ref TRows.Value > 2 ? ref Row(_x, row + 2, rows, inputs) : ref x0;
        ref var x3 = ref TRows.Value > 3 ? ref Row(_x, row + 3, rows, inputs) : ref x0;
        ref var w0 = ref Row(_weight, output, outputs, inputs);
        ref var w1 = ref Row(_weight, output + 1, outputs, inputs);
        ref var w2 = ref Row(_weight, output + 2, outputs, inputs);
        ref var w3 = ref Row(_weight, output + 3, outputs, inputs);
        TVector a0 = TLanes.All(0), a1 = a0, a2 = a0, a3 = a0;
        TVector b0 = a0, b1 = a0, b2 = a0, b3 = a0;
        TVector c0 = a0, c1 = a0, c2 = a0, c3 = a0;
        TVector d0 = a0, d1 = a0, d2 = a0, d3 = a0;
        var (k, end) = ((nuint)0, (nuint)(inputs / TLanes.Count * TLanes.Count));
        for (; k < end; k += (nuint)TLanes.Count)
        {
            var v0 = TLanes.Load(in w0, k);
            var v1 = TLanes.Load(in w1, k);
            var v2 = TLanes.Load(in w2, k);
            var v3 = TLanes.Load(in w3, k);
            var value = TLanes.Load(in x0, k);
            (a0, a1) = (TLanes.MultiplyAdd(value, v0, a0), TLanes.MultiplyAdd(value, v1, a1));
            (a2, a3) = (TLanes.MultiplyAdd(value, v2, a2), TLanes.MultiplyAdd(value, v3, a3));
            if (TRows.Value > 1)
            {
                value = TLanes.Load(in x1, k);
                (b0, b1) = (TLanes.MultiplyAdd(value, v0, b0), TLanes.MultiplyAdd(value, v1, b1));
                (b2, b3) = (TLanes.MultiplyAdd(value, v2, b2), TLanes.MultiplyAdd(value, v3, b3));
            }

            if (TRows.Value > 2)
            {
                value = TLanes.Load(in x2, k);
                (c0, c1) = (TLanes.MultiplyAdd(value, v0, c0), TLanes.MultiplyAdd(value, v1, c1));
                (c2, c3) = (TLanes.MultiplyAdd(value, v2, c2), TLanes.MultiplyAdd(value, v3, c3));
            }

            if (TRows.Value > 3)
            {
                value = TLanes.Load(in x3, k);
                (d0, d1) = (TLanes.MultiplyAdd(value, v0, d0), TLanes.MultiplyAdd(value, v1, d1));
                (d2, d3) = (TLanes.MultiplyAdd(value, v2, d2), TLanes.MultiplyAdd(value, v3, d3));
            }
        }

        // All before the first call, for what lives across one is not kept in registers, not even in the loop.
        var (a4, a5, a6, a7) = (TLanes.Sum(a0), TLanes.Sum(a1), TLanes.Sum(a2), TLanes.Sum(a3));
        var (b4, b5, b6, b7) = (TLanes.Sum(b0), TLanes.Sum(b1), TLanes.Sum(b2), TLanes.Sum(b3));
        var (c4, c5, c6, c7) = (TLanes.Sum(c0), TLanes.Sum(c1), TLanes.Sum(c2), TLanes.Sum(c3));
        var (d4, d5, d6, d7) = (TLanes.Sum(d0), TLanes.Sum(d1), TLanes.Sum(d2), TLanes.Sum(d3));
        Put(row, output, TLanes.Count, a4, a5, a6, a7);
        if (TRows.Value > 1 && row + 1 < rows)
            Put(row + 1, output, TLanes.Count, b4, b5, b6, b7);
        if (TRows.Value > 2 && row + 2 < rows)
            Put(row + 2, output, TLanes.Count, c4, c5, c6, c7);
        if (TRows.Value > 3 && row + 3 < rows)
            Put(row + 3, output, TLanes.Count, d4, d5, d6, d7);
    }

    private static ref float Row(ReadOnlySpan<float> values, int row, int rows, int length) =>
        ref Unsafe.Add(ref MemoryMarshal.GetReference(values), Math.Min(row, rows - 1) * length);

    private void Put(int row, int output, int lanes, float sum0, float sum1, float sum2, float sum3)
    {
        var y = _y.Slice((row * _outputs) + output, Math.Min(4, _outputs - output));
        y[0] = sum0 + Rest(row, output, lanes);
        if (y.Length > 1)
            y[1] = sum1 + Rest(row, output + 1, lanes);
        if (y.Length > 2)
            y[2] = sum2 + Rest(row, output + 2, lanes);
        if (y.Length > 3)
            y[3] = sum3 + Rest(row, output + 3, lanes);
    }

    /// <summary>The bias, and the features that fill no vector.</summary>
    private float Rest(int row, int output, int lanes)
    {
        var rest = _bias.IsEmpty ? 0 : _bias[output];
        for (var k = _inputs & -lanes; k < _inputs; k++)
            rest += _x[(row * _inputs) + k] * _weight[(output * _inputs) + k];
        return rest;
    }
}
