using System.Runtime.CompilerServices;
using ModelGen.Cpu.Simd;

namespace ModelGen.Cpu.Kernels;

/// <summary>
/// Winograd's way to correlate (Lavin and Gray, "Fast Algorithms for Convolutional Neural Networks", arXiv:1509.09308). A window of n by n is the coefficients of a
/// polynomial, of which six by six values are taken; six by six pixels become as many factors for them; and their 36 products give 7 - n by 7 - n results, for which
/// a window of 5 would take 100 and a window of 3 144.
/// <para>
/// Each method here is for vectors of channels, on a slot <c>[6, 6]</c> of them: (i, j) stands <c>(6 i + j) * step</c> floats behind the first. The forward pass is
/// <c>Combine(Image(x) * Evaluate(w))</c>, and <see cref="Combine"/> is the transpose of <see cref="Evaluate"/>: the weights' gradient is
/// <c>Combine(Image(x) * Evaluate(dy))</c>, with n and 7 - n exchanged.
/// </para>
/// <para>
/// The points are 0, 1, -1, 2, -1/2 and infinity. With them float32 is off by 6e-7 to 9e-7 (relative L2) over 16 channels and by 1.4e-6 to 2.3e-6 over 256, direct sums by
/// 2e-7 and 7e-7; with 1, -1, 2, -2 it would be up to twice as much. The weights' gradient of a batch is a longer sum: 1e-6 for 32 images of 14 by 14, 4e-6 for 512.
/// </para>
/// </summary>
internal static class Winograd
{
    /// <summary>Values along each axis of a slot.</summary>
    public const int Side = 6;

    /// <summary>Values of a slot.</summary>
    public const int Slot = Side * Side;

    /// <summary>
    /// What remains to be multiplied after <see cref="Evaluate"/>, along each axis: Lagrange's denominators, and what <see cref="Image"/> leaves out for its numbers to be short.
    /// </summary>
    private static ReadOnlySpan<float> Factors => [1, 1 / 6f, 1 / 6f, 1 / 30f, 16 / 15f, 1];

    /// <summary>The factor of a window's value (i, j) in a slot.</summary>
    public static float Factor(int value) => Factors[value / Side] * Factors[value % Side];

    /// <summary>The slot of 6 by 6 pixels.</summary>
    /// <param name="image">The first pixel's channels.</param>
    /// <param name="row">Floats from a row to the next.</param>
    /// <param name="pixel">Floats from a pixel to the next.</param>
    /// <param name="slot">Is given the slot.</param>
    /// <param name="step">Floats from a value of the slot to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Image<TLanes, TVector>(ref float image, nuint row, nuint pixel, ref float slot, nuint step)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        for (nuint j = 0; j < Side; j++)
            ImageLine<TLanes, TVector>(ref Unsafe.Add(ref image, j * pixel), row, ref Unsafe.Add(ref slot, j * step), Side * step);
        for (nuint i = 0; i < Side; i++)
        {
            ref var line = ref Unsafe.Add(ref slot, i * Side * step);
            ImageLine<TLanes, TVector>(ref line, step, ref line, step);
        }
    }

    /// <summary>The values of polynomials at the points: of n by n coefficients that stand in the slot's first rows and columns, in their place.</summary>
    /// <param name="slot">The slot.</param>
    /// <param name="step">Floats from a value of the slot to the next.</param>
    /// <typeparam name="TLanes">The vectors.</typeparam>
    /// <typeparam name="TVector">A vector.</typeparam>
    /// <typeparam name="TCount">n, 2 to 5.</typeparam>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Evaluate<TLanes, TVector, TCount>(ref float slot, nuint step)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
        where TCount : struct, ICount
    {
        for (nuint j = 0; j < (nuint)TCount.Value; j++)
            EvaluateLine<TLanes, TVector, TCount>(ref Unsafe.Add(ref slot, j * step), Side * step);
        for (nuint i = 0; i < Side; i++)
            EvaluateLine<TLanes, TVector, TCount>(ref Unsafe.Add(ref slot, i * Side * step), step);
    }

    /// <summary>The transpose of <see cref="Evaluate"/>: n by n sums of the slot's values, in the place of its first rows and columns.</summary>
    /// <inheritdoc cref="Evaluate" path="/param"/>
    /// <inheritdoc cref="Evaluate" path="/typeparam"/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Combine<TLanes, TVector, TCount>(ref float slot, nuint step)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
        where TCount : struct, ICount
    {
        for (nuint j = 0; j < Side; j++)
            CombineLine<TLanes, TVector, TCount>(ref Unsafe.Add(ref slot, j * step), Side * step);
        for (nuint i = 0; i < (nuint)TCount.Value; i++)
            CombineLine<TLanes, TVector, TCount>(ref Unsafe.Add(ref slot, i * Side * step), step);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void ImageLine<TLanes, TVector>(ref float from, nuint fromStep, ref float to, nuint toStep)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var (d0, d1, d2) = (TLanes.Load(in from, 0), TLanes.Load(in from, fromStep), TLanes.Load(in from, 2 * fromStep));
        var (d3, d4, d5) = (TLanes.Load(in from, 3 * fromStep), TLanes.Load(in from, 4 * fromStep), TLanes.Load(in from, 5 * fromStep));
        var (odd, even) = (TLanes.Subtract(d3, d1), TLanes.Subtract(d4, d2));
        TVector two = TLanes.All(2), lessTwo = TLanes.All(-2), less = TLanes.All(-1.5f), five = TLanes.All(5), lessFive = TLanes.All(-5);
        TLanes.Store(TLanes.MultiplyAdd(odd, less, TLanes.MultiplyAdd(d2, lessTwo, TLanes.Add(d0, d4))), ref to, 0);
        TLanes.Store(TLanes.MultiplyAdd(TLanes.Subtract(d1, d4), two, TLanes.MultiplyAdd(d2, five, d3)), ref to, toStep);
        TLanes.Store(TLanes.MultiplyAdd(TLanes.Add(d1, d4), two, TLanes.MultiplyAdd(d3, lessFive, d2)), ref to, 2 * toStep);
        TLanes.Store(TLanes.MultiplyAdd(even, two, odd), ref to, 3 * toStep);
        TLanes.Store(TLanes.Subtract(TLanes.Add(odd, odd), even), ref to, 4 * toStep);
        TLanes.Store(TLanes.MultiplyAdd(even, less, TLanes.MultiplyAdd(d3, lessTwo, TLanes.Add(d1, d5))), ref to, 5 * toStep);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void EvaluateLine<TLanes, TVector, TCount>(ref float line, nuint step)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
        where TCount : struct, ICount
    {
        TVector zero = TLanes.All(0), two = TLanes.All(2), lessHalf = TLanes.All(-0.5f);
        var (c0, c1) = (TLanes.Load(in line, 0), TLanes.Load(in line, step));
        var c2 = TCount.Value > 2 ? TLanes.Load(in line, 2 * step) : zero;
        var c3 = TCount.Value > 3 ? TLanes.Load(in line, 3 * step) : zero;
        var c4 = TCount.Value > 4 ? TLanes.Load(in line, 4 * step) : zero;
        var (even, odd) = (c0, c1);
        if (TCount.Value > 2)
            even = TLanes.Add(even, c2);
        if (TCount.Value > 3)
            odd = TLanes.Add(odd, c3);
        if (TCount.Value > 4)
            even = TLanes.Add(even, c4);
        var last = TCount.Value switch { 2 => c1, 3 => c2, 4 => c3, _ => c4 };
        var (atTwo, atLessHalf) = (last, last);
        if (TCount.Value > 4)
            (atTwo, atLessHalf) = (TLanes.MultiplyAdd(atTwo, two, c3), TLanes.MultiplyAdd(atLessHalf, lessHalf, c3));
        if (TCount.Value > 3)
            (atTwo, atLessHalf) = (TLanes.MultiplyAdd(atTwo, two, c2), TLanes.MultiplyAdd(atLessHalf, lessHalf, c2));
        if (TCount.Value > 2)
            (atTwo, atLessHalf) = (TLanes.MultiplyAdd(atTwo, two, c1), TLanes.MultiplyAdd(atLessHalf, lessHalf, c1));
        TLanes.Store(TLanes.Add(even, odd), ref line, step);
        TLanes.Store(TLanes.Subtract(even, odd), ref line, 2 * step);
        TLanes.Store(TLanes.MultiplyAdd(atTwo, two, c0), ref line, 3 * step);
        TLanes.Store(TLanes.MultiplyAdd(atLessHalf, lessHalf, c0), ref line, 4 * step);
        TLanes.Store(last, ref line, 5 * step);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void CombineLine<TLanes, TVector, TCount>(ref float line, nuint step)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
        where TCount : struct, ICount
    {
        var (m0, m1, m2) = (TLanes.Load(in line, 0), TLanes.Load(in line, step), TLanes.Load(in line, 2 * step));
        var (m3, m4, m5) = (TLanes.Load(in line, 3 * step), TLanes.Load(in line, 4 * step), TLanes.Load(in line, 5 * step));
        var (even, odd) = (TLanes.Add(m1, m2), TLanes.Subtract(m1, m2));
        TLanes.Store(TLanes.Add(TLanes.Add(m0, even), TLanes.Add(m3, m4)), ref line, 0);
        Power<TLanes, TVector>(odd, m3, 2, m4, -1 / 2f, TCount.Value == 2, m5, ref line, step);
        if (TCount.Value > 2)
            Power<TLanes, TVector>(even, m3, 4, m4, 1 / 4f, TCount.Value == 3, m5, ref line, 2 * step);
        if (TCount.Value > 3)
            Power<TLanes, TVector>(odd, m3, 8, m4, -1 / 8f, TCount.Value == 4, m5, ref line, 3 * step);
        if (TCount.Value > 4)
            Power<TLanes, TVector>(even, m3, 16, m4, 1 / 16f, TCount.Value == 5, m5, ref line, 4 * step);
    }

    /// <summary>The sum for one power of the points; the highest has infinity's value, too.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Power<TLanes, TVector>(
        TVector ones, TVector m3, float two, TVector m4, float lessHalf, bool isHighest, TVector m5, ref float line, nuint offset)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var sum = TLanes.MultiplyAdd(m3, TLanes.All(two), TLanes.MultiplyAdd(m4, TLanes.All(lessHalf), ones));
        TLanes.Store(isHighest ? TLanes.Add(sum, m5) : sum, ref line, offset);
    }
}
