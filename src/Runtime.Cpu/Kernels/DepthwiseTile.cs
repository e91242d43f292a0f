using System.Runtime.CompilerServices;
using ModelGen.Cpu.Simd;

namespace ModelGen.Cpu.Kernels;

/// <summary>
/// The innermost loop of depthwise convolutions, over a vector of channels: up to 8 results stay in registers, each the sum of products of values that
/// belong to it with vectors that belong to all. The results are pixels and the vectors weights; or, for the weights' gradient, the other way round.
/// </summary>
internal static class DepthwiseTile
{
    /// <summary><c>result[i] = f(start + added[i] + sum over j of source[results[i].Source + terms[j].Source] * factors[j])</c>.</summary>
    /// <param name="source">What the sources are counted from.</param>
    /// <param name="results">As many as <typeparamref name="TRows"/>.</param>
    /// <param name="terms">Where each product's value stands, counted from its result's.</param>
    /// <param name="count">How many.</param>
    /// <param name="factors">The first product's vector.</param>
    /// <param name="stride">Floats from one vector to the next.</param>
    /// <param name="start">What each result starts at, the bias; a null reference for 0.</param>
    /// <param name="added">What the results' targets are counted from in what is added to them; a null reference for nothing.</param>
    /// <param name="destination">What the results' targets are counted from.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply<TLanes, TVector, TRows, TActivation>(
        ref float source, ref Place results, ref Place terms, int count, ref float factors, nuint stride, ref float start, ref float added, ref float destination)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
        where TRows : struct, ICount
        where TActivation : struct, IActivation
    {
        ref var a0 = ref Unsafe.Add(ref source, Unsafe.Add(ref results, 0).Source);
        ref var a1 = ref Unsafe.Add(ref source, Unsafe.Add(ref results, TRows.Value > 1 ? 1 : 0).Source);
        ref var a2 = ref Unsafe.Add(ref source, Unsafe.Add(ref results, TRows.Value > 2 ? 2 : 0).Source);
        ref var a3 = ref Unsafe.Add(ref source, Unsafe.Add(ref results, TRows.Value > 3 ? 3 : 0).Source);
        ref var a4 = ref Unsafe.Add(ref source, Unsafe.Add(ref results, TRows.Value > 4 ? 4 : 0).Source);
        ref var a5 = ref Unsafe.Add(ref source, Unsafe.Add(ref results, TRows.Value > 5 ? 5 : 0).Source);
        ref var a6 = ref Unsafe.Add(ref source, Unsafe.Add(ref results, TRows.Value > 6 ? 6 : 0).Source);
        ref var a7 = ref Unsafe.Add(ref source, Unsafe.Add(ref results, TRows.Value > 7 ? 7 : 0).Source);
        var c0 = Unsafe.IsNullRef(ref start) ? TLanes.All(0) : TLanes.Load(in start, 0);
        TVector c1 = c0, c2 = c0, c3 = c0, c4 = c0, c5 = c0, c6 = c0, c7 = c0;
        for (var j = 0; j < count; j++)
        {
            var place = (nuint)Unsafe.Add(ref terms, j).Source;
            var factor = TLanes.Load(in factors, 0);
            c0 = TLanes.MultiplyAdd(TLanes.Load(in a0, place), factor, c0);
            if (TRows.Value > 1)
                c1 = TLanes.MultiplyAdd(TLanes.Load(in a1, place), factor, c1);
            if (TRows.Value > 2)
                c2 = TLanes.MultiplyAdd(TLanes.Load(in a2, place), factor, c2);
            if (TRows.Value > 3)
                c3 = TLanes.MultiplyAdd(TLanes.Load(in a3, place), factor, c3);
            if (TRows.Value > 4)
                c4 = TLanes.MultiplyAdd(TLanes.Load(in a4, place), factor, c4);
            if (TRows.Value > 5)
                c5 = TLanes.MultiplyAdd(TLanes.Load(in a5, place), factor, c5);
            if (TRows.Value > 6)
                c6 = TLanes.MultiplyAdd(TLanes.Load(in a6, place), factor, c6);
            if (TRows.Value > 7)
                c7 = TLanes.MultiplyAdd(TLanes.Load(in a7, place), factor, c7);
            factors = ref Unsafe.Add(ref factors, stride);
        }

        Put<TLanes, TVector, TActivation>(c0, ref added, ref destination, results.Target);
        if (TRows.Value > 1)
            Put<TLanes, TVector, TActivation>(c1, ref added, ref destination, Unsafe.Add(ref results, 1).Target);
        if (TRows.Value > 2)
            Put<TLanes, TVector, TActivation>(c2, ref added, ref destination, Unsafe.Add(ref results, 2).Target);
        if (TRows.Value > 3)
            Put<TLanes, TVector, TActivation>(c3, ref added, ref destination, Unsafe.Add(ref results, 3).Target);
        if (TRows.Value > 4)
            Put<TLanes, TVector, TActivation>(c4, ref added, ref destination, Unsafe.Add(ref results, 4).Target);
        if (TRows.Value > 5)
            Put<TLanes, TVector, TActivation>(c5, ref added, ref destination, Unsafe.Add(ref results, 5).Target);
        if (TRows.Value > 6)
            Put<TLanes, TVector, TActivation>(c6, ref added, ref destination, Unsafe.Add(ref results, 6).Target);
        if (TRows.Value > 7)
            Put<TLanes, TVector, TActivation>(c7, ref added, ref destination, Unsafe.Add(ref results, 7).Target);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put<TLanes, TVector, TActivation>(TVector value, ref float added, ref float destination, int target)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
        where TActivation : struct, IActivation
    {
        if (!Unsafe.IsNullRef(ref added))
            value = TLanes.Add(value, TLanes.Load(in added, (nuint)target));
        TLanes.Store(TActivation.Value<TLanes, TVector>(value), ref destination, (nuint)target);
    }
}
