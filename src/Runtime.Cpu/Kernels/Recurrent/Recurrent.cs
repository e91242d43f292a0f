using System.Diagnostics;
using System.Runtime.InteropServices;
using ModelGen.Cpu.Simd;

namespace ModelGen.Cpu.Kernels;

/// <summary>
/// Reads a sequence step by step. The maps of all steps' inputs are one matrix product; those of what is kept, which each step waits for, read their weights
/// once for each step. For predictions only.
/// </summary>
/// <typeparam name="T">The layer's constants.</typeparam>
/// <typeparam name="TCell">What a step does.</typeparam>
public static class Recurrent<T, TCell>
    where T : struct, IRecurrent
    where TCell : struct, IRecurrentCell
{
    /// <summary>Floats of the prepared weights.</summary>
    public static int PreparedLength
    {
        get
        {
            var length = 0;
            for (var layer = 0; layer < T.NumLayers; layer++)
                length += Directions * LengthOf(layer);
            return length;
        }
    }

    /// <summary>Floats that a worker needs for itself.</summary>
    public static int ScratchLength => (T.Length * Maps) + Maps + (2 * T.HiddenSize) + (2 * T.Length * Width);

    private static int Directions => T.IsBidirectional ? 2 : 1;

    private static int Width => Directions * T.HiddenSize;

    private static int Maps => TCell.Gates * T.HiddenSize;

    /// <summary>Puts the weights behind each other. To be called whenever they change.</summary>
    /// <param name="tensors">
    /// PyTorch's, for each layer and direction: <c>weight_ih [gates hidden, input]</c>, <c>weight_hh [gates hidden, hidden]</c>, and the two biases if there are any.
    /// </param>
    /// <param name="prepared">Is given all of them.</param>
    public static void Prepare(ReadOnlySpan<float[]> tensors, Span<float> prepared)
    {
        Debug.Assert(prepared.Length == PreparedLength);
        foreach (var tensor in tensors)
        {
            tensor.CopyTo(prepared);
            prepared = prepared[tensor.Length..];
        }
    }

    /// <summary>The output.</summary>
    /// <param name="x"><c>[length, input]</c></param>
    /// <param name="prepared">The prepared weights.</param>
    /// <param name="y">Is given <c>[length, directions hidden]</c>, or what is kept at the end, <c>[directions hidden]</c>.</param>
    /// <param name="scratch">The worker's.</param>
    public static void Forward(ReadOnlySpan<float> x, ReadOnlySpan<float> prepared, Span<float> y, Span<float> scratch) =>
        Forward(x, prepared, y, scratch, Columns.Widest);

    internal static void Forward(ReadOnlySpan<float> x, ReadOnlySpan<float> prepared, Span<float> y, Span<float> scratch, int lanes)
    {
        Debug.Assert(x.Length == T.Length * T.InputSize && prepared.Length == PreparedLength
            && y.Length == (T.IsLast ? 1 : T.Length) * Width && scratch.Length >= ScratchLength);
        var even = scratch[..(T.Length * Width)];
        var odd = scratch.Slice(T.Length * Width, T.Length * Width);
        var input = x;
        for (var layer = 0; layer < T.NumLayers; layer++)
        {
            var isEnd = layer == T.NumLayers - 1;
            var output = isEnd && !T.IsLast ? y : layer % 2 == 0 ? even : odd;
            for (var direction = 0; direction < Directions; direction++)
            {
                var state = Read(input, prepared[..LengthOf(layer)], output, direction, scratch[(2 * T.Length * Width)..], lanes);
                if (isEnd && T.IsLast)
                    state.CopyTo(y[(direction * T.HiddenSize)..]);
                prepared = prepared[LengthOf(layer)..];
            }

            input = output;
        }
    }

    // What a layer keeps at its end, in one direction. Each step's goes to its place in the output.
    private static ReadOnlySpan<float> Read(
        ReadOnlySpan<float> input, ReadOnlySpan<float> weights, Span<float> output, int direction, Span<float> scratch, int lanes)
    {
        var features = input.Length / T.Length;
        var maps = scratch[..(T.Length * Maps)];
        var kept = scratch.Slice(maps.Length, Maps);
        var state = scratch.Slice(maps.Length + Maps, T.HiddenSize);
        var cell = scratch.Slice(maps.Length + Maps + T.HiddenSize, T.HiddenSize);
        var ofKept = weights.Slice(Maps * features, Maps * T.HiddenSize);
        var biases = weights[(Maps * (features + T.HiddenSize))..];
        LinearLoops.Forward(input, weights[..(Maps * features)], biases[..(biases.Length / 2)], maps, T.Length, lanes);
        state.Clear();
        cell.Clear();
        for (var step = 0; step < T.Length; step++)
        {
            var at = direction == 0 ? step : T.Length - 1 - step;
            LinearLoops.Forward(state, ofKept, biases[(biases.Length / 2)..], kept, 1, lanes);
            var loop = new CellLoop(maps.Slice(at * Maps, Maps), kept, state, cell);
            Lanes.Run(ref loop, T.HiddenSize, lanes);
            state.CopyTo(output[((at * Width) + (direction * T.HiddenSize))..]);
        }

        return state;
    }

    private static int LengthOf(int layer) => Maps * ((layer == 0 ? T.InputSize : Width) + T.HiddenSize + (T.HasBias ? 2 : 0));

    private readonly ref struct CellLoop(ReadOnlySpan<float> input, ReadOnlySpan<float> kept, Span<float> state, Span<float> cell) : IValueLoop
    {
        private readonly ref float _input = ref MemoryMarshal.GetReference(input);
        private readonly ref float _kept = ref MemoryMarshal.GetReference(kept);
        private readonly ref float _state = ref MemoryMarshal.GetReference(state);
        private readonly ref float _cell = ref MemoryMarshal.GetReference(cell);

        public void Run<TLanes, TVector>(nuint first, nuint end)
            where TLanes : struct, ILanes<TVector>
            where TVector : struct
        {
            for (var i = first; i < end; i += (nuint)TLanes.Count)
                TCell.Step<TLanes, TVector>(ref _input, ref _kept, (nuint)T.HiddenSize, ref _state, ref _cell, i);
        }
    }
}
