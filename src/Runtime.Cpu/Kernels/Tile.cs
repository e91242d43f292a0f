using System.Runtime.CompilerServices;
using ModelGen.Cpu.Simd;

namespace ModelGen.Cpu.Kernels;

/// <summary>Where a correlation finds the values of one output pixel, and where it writes that pixel; both in floats.</summary>
internal readonly record struct Place(int Source, int Target);

/// <summary>
/// The innermost loops of convolutions and linear layers: a tile of results stays in registers while everything that adds to it passes by. A tile is up to
/// 8 rows by 2 vectors: 16 of the 32 registers of AVX-512; where there are 16 registers, 6 rows by 2 vectors are 12 of them. Two fused multiply-adds start in
/// a cycle and each takes 4, so 8 independent ones keep the processor busy.
/// </summary>
internal static class Tile
{
    /// <summary>
    /// Output pixels by output channels: <c>destination[place.Target + c] = f(start[c] + added[place.Target + c] + sum of source[place.Source + k] * weights[k][c])</c>, where k runs through
    /// <paramref name="runLength"/> neighbours from each of <paramref name="runs"/> on.
    /// </summary>
    /// <param name="source">What the places' sources are counted from.</param>
    /// <param name="places">The pixels, as many as <typeparamref name="TRows"/>.</param>
    /// <param name="runs">Where the neighbours begin, counted from a place.</param>
    /// <param name="runCount">How many of them.</param>
    /// <param name="runLength">At least 1.</param>
    /// <param name="weights">The row of the first k; <typeparamref name="TColumns"/> vectors are read of each.</param>
    /// <param name="weightStride">Floats from one row to the next.</param>
    /// <param name="start">What each pixel starts at, the bias; a null reference for 0.</param>
    /// <param name="added">What the places' targets are counted from in an image that is added to this one; a null reference for none.</param>
    /// <param name="destination">What the places' targets are counted from.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply<TLanes, TVector, TRows, TColumns, TActivation>(
        ref float source, ref Place places, ref int runs, int runCount, nuint runLength,
        ref float weights, nuint weightStride,
        ref float start, ref float added, ref float destination)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
        where TRows : struct, ICount
        where TColumns : struct, ICount
        where TActivation : struct, IActivation
    {
        ref var a0 = ref Unsafe.Add(ref source, Unsafe.Add(ref places, 0).Source);
        ref var a1 = ref Unsafe.Add(ref source, Unsafe.Add(ref places, TRows.Value > 1 ? 1 : 0).Source);
        ref var a2 = ref Unsafe.Add(ref source, Unsafe.Add(ref places, TRows.Value > 2 ? 2 : 0).Source);
        ref var a3 = ref Unsafe.Add(ref source, Unsafe.Add(ref places, TRows.Value > 3 ? 3 : 0).Source);
        ref var a4 = ref Unsafe.Add(ref source, Unsafe.Add(ref places, TRows.Value > 4 ? 4 : 0).Source);
        ref var a5 = ref Unsafe.Add(ref source, Unsafe.Add(ref places, TRows.Value > 5 ? 5 : 0).Source);
        ref var a6 = ref Unsafe.Add(ref source, Unsafe.Add(ref places, TRows.Value > 6 ? 6 : 0).Source);
        ref var a7 = ref Unsafe.Add(ref source, Unsafe.Add(ref places, TRows.Value > 7 ? 7 : 0).Source);
        TVector c0 = TLanes.All(0), d0 = c0;
        if (!Unsafe.IsNullRef(ref start))
        {
            c0 = TLanes.Load(in start, 0);
            if (TColumns.Value > 1)
                d0 = TLanes.Load(in start, (nuint)TLanes.Count);
        }

        TVector c1 = c0, c2 = c0, c3 = c0, c4 = c0, c5 = c0, c6 = c0, c7 = c0;
        TVector d1 = d0, d2 = d0, d3 = d0, d4 = d0, d5 = d0, d6 = d0, d7 = d0;
        for (var run = 0; run < runCount; run++)
        {
            var k = (nuint)Unsafe.Add(ref runs, run);
            var end = k + runLength;
            do
            {
                var w = TLanes.Load(in weights, 0);
                var v = TColumns.Value > 1 ? TLanes.Load(in weights, (nuint)TLanes.Count) : w;
                var x0 = TLanes.All(Unsafe.Add(ref a0, k));
                c0 = TLanes.MultiplyAdd(x0, w, c0);
                if (TColumns.Value > 1)
                    d0 = TLanes.MultiplyAdd(x0, v, d0);

                if (TRows.Value > 1)
                {
                    var x1 = TLanes.All(Unsafe.Add(ref a1, k));
                    c1 = TLanes.MultiplyAdd(x1, w, c1);
                    if (TColumns.Value > 1)
                        d1 = TLanes.MultiplyAdd(x1, v, d1);
                }

                if (TRows.Value > 2)
                {
                    var x2 = TLanes.All(Unsafe.Add(ref a2, k));
                    c2 = TLanes.MultiplyAdd(x2, w, c2);
                    if (TColumns.Value > 1)
                        d2 = TLanes.MultiplyAdd(x2, v, d2);
                }

                if (TRows.Value > 3)
                {
                    var x3 = TLanes.All(Unsafe.Add(ref a3, k));
                    c3 = TLanes.MultiplyAdd(x3, w, c3);
                    if (TColumns.Value > 1)
                        d3 = TLanes.MultiplyAdd(x3, v, d3);
                }

                if (TRows.Value > 4)
                {
                    var x4 = TLanes.All(Unsafe.Add(ref a4, k));
                    c4 = TLanes.MultiplyAdd(x4, w, c4);
                    if (TColumns.Value > 1)
                        d4 = TLanes.MultiplyAdd(x4, v, d4);
                }

                if (TRows.Value > 5)
                {
                    var x5 = TLanes.All(Unsafe.Add(ref a5, k));
                    c5 = TLanes.MultiplyAdd(x5, w, c5);
                    if (TColumns.Value > 1)
                        d5 = TLanes.MultiplyAdd(x5, v, d5);
                }

                if (TRows.Value > 6)
                {
                    var x6 = TLanes.All(Unsafe.Add(ref a6, k));
                    c6 = TLanes.MultiplyAdd(x6, w, c6);
                    if (TColumns.Value > 1)
                        d6 = TLanes.MultiplyAdd(x6, v, d6);
                }

                if (TRows.Value > 7)
                {
                    var x7 = TLanes.All(Unsafe.Add(ref a7, k));
                    c7 = TLanes.MultiplyAdd(x7, w, c7);
                    if (TColumns.Value > 1)
                        d7 = TLanes.MultiplyAdd(x7, v, d7);
                }

                weights = ref Unsafe.Add(ref weights, weightStride);
            }
            while (++k < end);
        }

        Put<TLanes, TVector, TColumns, TActivation>(c0, d0, ref added, ref destination, Unsafe.Add(ref places, 0).Target);
        if (TRows.Value > 1)
            Put<TLanes, TVector, TColumns, TActivation>(c1, d1, ref added, ref destination, Unsafe.Add(ref places, 1).Target);
        if (TRows.Value > 2)
            Put<TLanes, TVector, TColumns, TActivation>(c2, d2, ref added, ref destination, Unsafe.Add(ref places, 2).Target);
        if (TRows.Value > 3)
            Put<TLanes, TVector, TColumns, TActivation>(c3, d3, ref added, ref destination, Unsafe.Add(ref places, 3).Target);
        if (TRows.Value > 4)
            Put<TLanes, TVector, TColumns, TActivation>(c4, d4, ref added, ref destination, Unsafe.Add(ref places, 4).Target);
        if (TRows.Value > 5)
            Put<TLanes, TVector, TColumns, TActivation>(c5, d5, ref added, ref destination, Unsafe.Add(ref places, 5).Target);
        if (TRows.Value > 6)
            Put<TLanes, TVector, TColumns, TActivation>(c6, d6, ref added, ref destination, Unsafe.Add(ref places, 6).Target);
        if (TRows.Value > 7)
            Put<TLanes, TVector, TColumns, TActivation>(c7, d7, ref added, ref destination, Unsafe.Add(ref places, 7).Target);
    }

    /// <summary>
    /// Weights' gradients, inputs by output channels: <c>sums[r][c] += sum over places of source[place.Source + r] * gradients[place][c]</c>, r below
    /// <typeparamref name="TRows"/>.
    /// </summary>
    /// <param name="source">What the places' sources are counted from.</param>
    /// <param name="places">The pixels.</param>
    /// <param name="count">How many.</param>
    /// <param name="gradients">The first place's gradients of output channels; <typeparamref name="TColumns"/> vectors are read of each place.</param>
    /// <param name="gradientStride">Floats from one place's to the next's.</param>
    /// <param name="sums">The sums of r = 0.</param>
    /// <param name="sumStride">Floats from one r's to the next's.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Accumulate<TLanes, TVector, TRows, TColumns>(
        ref float source, ref Place places, int count, ref float gradients, nuint gradientStride, ref float sums, nuint sumStride)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
        where TRows : struct, ICount
        where TColumns : struct, ICount
    {
        TVector c0 = TLanes.All(0), c1 = c0, c2 = c0, c3 = c0, c4 = c0, c5 = c0, c6 = c0, c7 = c0;
        TVector d0 = c0, d1 = c0, d2 = c0, d3 = c0, d4 = c0, d5 = c0, d6 = c0, d7 = c0;
        for (var place = 0; place < count; place++)
        {
            ref var a = ref Unsafe.Add(ref source, Unsafe.Add(ref places, place).Source);
            var w = TLanes.Load(in gradients, 0);
            var v = TColumns.Value > 1 ? TLanes.Load(in gradients, (nuint)TLanes.Count) : w;
            var x0 = TLanes.All(a);
            c0 = TLanes.MultiplyAdd(x0, w, c0);
            if (TColumns.Value > 1)
                d0 = TLanes.MultiplyAdd(x0, v, d0);

            if (TRows.Value > 1)
            {
                var x1 = TLanes.All(Unsafe.Add(ref a, 1));
                c1 = TLanes.MultiplyAdd(x1, w, c1);
                if (TColumns.Value > 1)
                    d1 = TLanes.MultiplyAdd(x1, v, d1);
            }

            if (TRows.Value > 2)
            {
                var x2 = TLanes.All(Unsafe.Add(ref a, 2));
                c2 = TLanes.MultiplyAdd(x2, w, c2);
                if (TColumns.Value > 1)
                    d2 = TLanes.MultiplyAdd(x2, v, d2);
            }

            if (TRows.Value > 3)
            {
                var x3 = TLanes.All(Unsafe.Add(ref a, 3));
                c3 = TLanes.MultiplyAdd(x3, w, c3);
                if (TColumns.Value > 1)
                    d3 = TLanes.MultiplyAdd(x3, v, d3);
            }

            if (TRows.Value > 4)
            {
                var x4 = TLanes.All(Unsafe.Add(ref a, 4));
                c4 = TLanes.MultiplyAdd(x4, w, c4);
                if (TColumns.Value > 1)
                    d4 = TLanes.MultiplyAdd(x4, v, d4);
            }

            if (TRows.Value > 5)
            {
                var x5 = TLanes.All(Unsafe.Add(ref a, 5));
                c5 = TLanes.MultiplyAdd(x5, w, c5);
                if (TColumns.Value > 1)
                    d5 = TLanes.MultiplyAdd(x5, v, d5);
            }

            if (TRows.Value > 6)
            {
                var x6 = TLanes.All(Unsafe.Add(ref a, 6));
                c6 = TLanes.MultiplyAdd(x6, w, c6);
                if (TColumns.Value > 1)
                    d6 = TLanes.MultiplyAdd(x6, v, d6);
            }

            if (TRows.Value > 7)
            {
                var x7 = TLanes.All(Unsafe.Add(ref a, 7));
                c7 = TLanes.MultiplyAdd(x7, w, c7);
                if (TColumns.Value > 1)
                    d7 = TLanes.MultiplyAdd(x7, v, d7);
            }

            gradients = ref Unsafe.Add(ref gradients, gradientStride);
        }

        Add<TLanes, TVector, TColumns>(c0, d0, ref sums);
        if (TRows.Value > 1)
            Add<TLanes, TVector, TColumns>(c1, d1, ref Unsafe.Add(ref sums, sumStride));
        if (TRows.Value > 2)
            Add<TLanes, TVector, TColumns>(c2, d2, ref Unsafe.Add(ref sums, 2 * sumStride));
        if (TRows.Value > 3)
            Add<TLanes, TVector, TColumns>(c3, d3, ref Unsafe.Add(ref sums, 3 * sumStride));
        if (TRows.Value > 4)
            Add<TLanes, TVector, TColumns>(c4, d4, ref Unsafe.Add(ref sums, 4 * sumStride));
        if (TRows.Value > 5)
            Add<TLanes, TVector, TColumns>(c5, d5, ref Unsafe.Add(ref sums, 5 * sumStride));
        if (TRows.Value > 6)
            Add<TLanes, TVector, TColumns>(c6, d6, ref Unsafe.Add(ref sums, 6 * sumStride));
        if (TRows.Value > 7)
            Add<TLanes, TVector, TColumns>(c7, d7, ref Unsafe.Add(ref sums, 7 * sumStride));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put<TLanes, TVector, TColumns, TActivation>(TVector left, TVector right, ref float added, ref float destination, int target)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
        where TColumns : struct, ICount
        where TActivation : struct, IActivation
    {
        if (!Unsafe.IsNullRef(ref added))
        {
            left = TLanes.Add(left, TLanes.Load(in added, (nuint)target));
            if (TColumns.Value > 1)
                right = TLanes.Add(right, TLanes.Load(in added, (nuint)(target + TLanes.Count)));
        }

        TLanes.Store(TActivation.Value<TLanes, TVector>(left), ref destination, (nuint)target);
        if (TColumns.Value > 1)
            TLanes.Store(TActivation.Value<TLanes, TVector>(right), ref destination, (nuint)(target + TLanes.Count));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add<TLanes, TVector, TColumns>(TVector left, TVector right, ref float sums)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
        where TColumns : struct, ICount
    {
        TLanes.Store(TLanes.Add(TLanes.Load(in sums, 0), left), ref sums, 0);
        if (TColumns.Value > 1)
            TLanes.Store(TLanes.Add(TLanes.Load(in sums, (nuint)TLanes.Count), right), ref sums, (nuint)TLanes.Count);
    }
}
