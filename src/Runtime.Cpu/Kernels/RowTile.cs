using System.Runtime.CompilerServices;
using ModelGen.Cpu.Simd;

namespace ModelGen.Cpu.Kernels;

/// <summary>
/// A <see cref="Tile"/> of one row: with nothing else to compute meanwhile, each sum would wait for its own last addition. So it is four sums, of every fourth product.
/// </summary>
internal static class RowTile
{
    /// <summary>As <see cref="Tile.Multiply"/>, for one place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply<TLanes, TVector, TColumns, TActivation>(
        ref float source, ref int runs, int runCount, nuint runLength,
        ref float weights, nuint weightStride,
        ref float start, ref float added, ref float destination)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
        where TColumns : struct, ICount
        where TActivation : struct, IActivation
    {
        TVector c0 = TLanes.All(0), c1 = c0, c2 = c0, c3 = c0, d0 = c0, d1 = c0, d2 = c0, d3 = c0;
        for (var run = 0; run < runCount; run++)
        {
            ref var x = ref Unsafe.Add(ref source, Unsafe.Add(ref runs, run));
            nuint k = 0;
            for (; k + 4 <= runLength; k += 4)
            {
                AddProducts<TLanes, TVector, TColumns>(Unsafe.Add(ref x, k), ref weights, ref c0, ref d0);
                AddProducts<TLanes, TVector, TColumns>(Unsafe.Add(ref x, k + 1), ref Unsafe.Add(ref weights, weightStride), ref c1, ref d1);
                AddProducts<TLanes, TVector, TColumns>(Unsafe.Add(ref x, k + 2), ref Unsafe.Add(ref weights, 2 * weightStride), ref c2, ref d2);
                AddProducts<TLanes, TVector, TColumns>(Unsafe.Add(ref x, k + 3), ref Unsafe.Add(ref weights, 3 * weightStride), ref c3, ref d3);
                weights = ref Unsafe.Add(ref weights, 4 * weightStride);
            }

            for (; k < runLength; k++)
            {
                AddProducts<TLanes, TVector, TColumns>(Unsafe.Add(ref x, k), ref weights, ref c0, ref d0);
                weights = ref Unsafe.Add(ref weights, weightStride);
            }
        }

        Put<TLanes, TVector, TActivation>(TLanes.Add(TLanes.Add(c0, c1), TLanes.Add(c2, c3)), ref start, ref added, ref destination, 0);
        if (TColumns.Value > 1)
            Put<TLanes, TVector, TActivation>(TLanes.Add(TLanes.Add(d0, d1), TLanes.Add(d2, d3)), ref start, ref added, ref destination, (nuint)TLanes.Count);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddProducts<TLanes, TVector, TColumns>(float x, ref float weights, ref TVector left, ref TVector right)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
        where TColumns : struct, ICount
    {
        left = TLanes.MultiplyAdd(TLanes.All(x), TLanes.Load(in weights, 0), left);
        if (TColumns.Value > 1)
            right = TLanes.MultiplyAdd(TLanes.All(x), TLanes.Load(in weights, (nuint)TLanes.Count), right);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Put<TLanes, TVector, TActivation>(TVector sum, ref float start, ref float added, ref float destination, nuint column)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
        where TActivation : struct, IActivation
    {
        if (!Unsafe.IsNullRef(ref start))
            sum = TLanes.Add(sum, TLanes.Load(in start, column));
        if (!Unsafe.IsNullRef(ref added))
            sum = TLanes.Add(sum, TLanes.Load(in added, column));
        TLanes.Store(TActivation.Value<TLanes, TVector>(sum), ref destination, column);
    }
}
