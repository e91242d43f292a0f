using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ModelGen.Cpu.Simd;

namespace ModelGen.Cpu.Kernels;

/// <summary>Results of any number of rows, cut into <see cref="Tile"/>s of some.</summary>
internal static class Tiles
{
    /// <summary>All places, by tiles: see <see cref="Tile.Multiply"/>.</summary>
    public static void Multiply<TLanes, TVector, TColumns, TActivation>(
        ref float source, ReadOnlySpan<Place> places, ReadOnlySpan<int> runs, int runLength,
        ref float weights, int weightStride,
        ref float start, ref float added, ref float destination)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
        where TColumns : struct, ICount
        where TActivation : struct, IActivation
    {
        ref var run = ref MemoryMarshal.GetReference(runs);
        var (stride, length) = ((nuint)weightStride, (nuint)runLength);
        for (var first = 0; first < places.Length;)
        {
            ref var place = ref Unsafe.Add(ref MemoryMarshal.GetReference(places), first);
            var rows = Rows<TLanes, TVector, TColumns>(places.Length - first);
            switch (rows)
            {
                case 8:
                    Tile.Multiply<TLanes, TVector, Count8, TColumns, TActivation>(
                        ref source, ref place, ref run, runs.Length, length, ref weights, stride, ref start, ref added, ref destination);
                    break;
                case 7:
                    Tile.Multiply<TLanes, TVector, Count7, TColumns, TActivation>(
                        ref source, ref place, ref run, runs.Length, length, ref weights, stride, ref start, ref added, ref destination);
                    break;
                case 6:
                    Tile.Multiply<TLanes, TVector, Count6, TColumns, TActivation>(
                        ref source, ref place, ref run, runs.Length, length, ref weights, stride, ref start, ref added, ref destination);
                    break;
                case 5:
                    Tile.Multiply<TLanes, TVector, Count5, TColumns, TActivation>(
                        ref source, ref place, ref run, runs.Length, length, ref weights, stride, ref start, ref added, ref destination);
                    break;
                case 4:
                    Tile.Multiply<TLanes, TVector, Count4, TColumns, TActivation>(
                        ref source, ref place, ref run, runs.Length, length, ref weights, stride, ref start, ref added, ref destination);
                    break;
                case 3:
                    Tile.Multiply<TLanes, TVector, Count3, TColumns, TActivation>(
                        ref source, ref place, ref run, runs.Length, length, ref weights, stride, ref start, ref added, ref destination);
                    break;
                case 2:
                    Tile.Multiply<TLanes, TVector, Count2, TColumns, TActivation>(
                        ref source, ref place, ref run, runs.Length, length, ref weights, stride, ref start, ref added, ref destination);
                    break;
                default:
                    ref var target = ref Unsafe.Add(ref destination, place.Target);
                    ref var addend = ref Unsafe.IsNullRef(ref added) ? ref added : ref Unsafe.Add(ref added, place.Target);
                    RowTile.Multiply<TLanes, TVector, TColumns, TActivation>(
                        ref Unsafe.Add(ref source, place.Source), ref run, runs.Length, length,
                        ref weights, stride,
                        ref start, ref addend, ref target);
                    break;
            }

            first += rows;
        }
    }

    /// <summary>The gradients of weights of inputs that lie side by side, by tiles: see <see cref="Tile.Accumulate"/>.</summary>
    public static void Accumulate<TLanes, TVector, TColumns>(
        ref float source, ReadOnlySpan<Place> places, int depth, ref float gradients, int gradientStride, ref float sums, int sumStride)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
        where TColumns : struct, ICount
    {
        ref var place = ref MemoryMarshal.GetReference(places);
        var (count, stride, distance) = (places.Length, (nuint)gradientStride, (nuint)sumStride);
        for (var deep = 0; deep < depth;)
        {
            ref var values = ref Unsafe.Add(ref source, deep);
            var rows = Rows<TLanes, TVector, TColumns>(depth - deep);
            switch (rows)
            {
                case 8:
                    Tile.Accumulate<TLanes, TVector, Count8, TColumns>(ref values, ref place, count, ref gradients, stride, ref sums, distance);
                    break;
                case 7:
                    Tile.Accumulate<TLanes, TVector, Count7, TColumns>(ref values, ref place, count, ref gradients, stride, ref sums, distance);
                    break;
                case 6:
                    Tile.Accumulate<TLanes, TVector, Count6, TColumns>(ref values, ref place, count, ref gradients, stride, ref sums, distance);
                    break;
                case 5:
                    Tile.Accumulate<TLanes, TVector, Count5, TColumns>(ref values, ref place, count, ref gradients, stride, ref sums, distance);
                    break;
                case 4:
                    Tile.Accumulate<TLanes, TVector, Count4, TColumns>(ref values, ref place, count, ref gradients, stride, ref sums, distance);
                    break;
                case 3:
                    Tile.Accumulate<TLanes, TVector, Count3, TColumns>(ref values, ref place, count, ref gradients, stride, ref sums, distance);
                    break;
                case 2:
                    Tile.Accumulate<TLanes, TVector, Count2, TColumns>(ref values, ref place, count, ref gradients, stride, ref sums, distance);
                    break;
                default:
                    Tile.Accumulate<TLanes, TVector, Count1, TColumns>(ref values, ref place, count, ref gradients, stride, ref sums, distance);
                    break;
            }

            sums = ref Unsafe.Add(ref sums, rows * sumStride);
            deep += rows;
        }
    }

    /// <summary>Rows of the next tile: as many as the registers hold, and the last two tiles of about the same height, for a low one waits for its own sums.</summary>
    private static int Rows<TLanes, TVector, TColumns>(int left)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
        where TColumns : struct, ICount
    {
        var most = TColumns.Value == 2 && TLanes.Count < 16 ? 6 : 8;
        return left <= most ? left : left < 2 * most ? (left + 1) / 2 : most;
    }
}
