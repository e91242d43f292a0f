using System.Runtime.Intrinsics;

namespace ModelGen.Cpu.Simd;

/// <summary>
/// How channels are cut into the columns of tiles: as many as two of the widest vectors hold, then fewer and fewer, so that no vector reaches past the last
/// channel. 24 channels are 16 and 8 with AVX2, and 14 are 8 and 6. Weights are stored in this order, one group of columns behind the other.
/// </summary>
internal static class Columns
{
    /// <summary>Lanes of the widest vectors that this processor has: 16, 8, 4 or 1.</summary>
    public static int Widest =>
        Vector512.IsHardwareAccelerated ? 16 : Vector256.IsHardwareAccelerated ? 8 : Vector128.IsHardwareAccelerated ? 4 : 1;

    /// <summary>The columns that come next.</summary>
    /// <param name="left">How many are left, at least 1.</param>
    /// <param name="lanes">Lanes of the widest vectors to use.</param>
    public static int Next(int left, int lanes)
    {
        if (lanes == 1)
            return 1;
        if (left < 8 && lanes > 4)
            return left;
        var width = 2 * lanes;
        while (width > left)
            width = width == 4 ? 1 : width / 2;
        return width;
    }

    /// <summary>Runs a loop for one vector of columns after the other.</summary>
    /// <param name="loop">The loop.</param>
    /// <param name="columns">How many columns.</param>
    /// <param name="lanes">Lanes of the widest vectors to use.</param>
    public static void Run<TLoop>(ref TLoop loop, int columns, int lanes)
        where TLoop : struct, IColumnLoop, allows ref struct
    {
        var tiles = new Vectors<TLoop>(loop);
        RunTiles(ref tiles, columns, lanes);
    }

    /// <summary>As <see cref="Run"/>, with two vectors of columns at a time where there are as many.</summary>
    /// <inheritdoc cref="Run" path="/param"/>
    public static void RunTiles<TLoop>(ref TLoop loop, int columns, int lanes)
        where TLoop : struct, ITileLoop, allows ref struct
    {
        var width = 0;
        for (var column = 0; column < columns; column += width)
        {
            width = Next(columns - column, lanes);
            if (width == 32)
                loop.Run<Lanes512, Vector512<float>, Count2>(column);
            else if (width == 16 && lanes == 16)
                loop.Run<Lanes512, Vector512<float>, Count1>(column);
            else if (width == 16)
                loop.Run<Lanes256, Vector256<float>, Count2>(column);
            else if (width == 8 && lanes >= 8)
                loop.Run<Lanes256, Vector256<float>, Count1>(column);
            else if (width == 8)
                loop.Run<Lanes128, Vector128<float>, Count2>(column);
            else if (width == 7)
                loop.Run<LanesPart<Count7>, Vector256<float>, Count1>(column);
            else if (width == 6)
                loop.Run<LanesPart<Count6>, Vector256<float>, Count1>(column);
            else if (width == 5)
                loop.Run<LanesPart<Count5>, Vector256<float>, Count1>(column);
            else if (width == 4)
                loop.Run<Lanes128, Vector128<float>, Count1>(column);
            else if (width == 3)
                loop.Run<LanesPart<Count3>, Vector256<float>, Count1>(column);
            else if (width == 2)
                loop.Run<LanesPart<Count2>, Vector256<float>, Count1>(column);
            else
                loop.Run<Lanes1, float, Count1>(column);
        }
    }

    /// <summary>A tile's vectors, one after the other.</summary>
    private ref struct Vectors<TLoop>(TLoop loop) : ITileLoop
        where TLoop : struct, IColumnLoop, allows ref struct
    {
        private TLoop _loop = loop;

        public void Run<TLanes, TVector, TColumns>(int column)
            where TLanes : struct, ILanes<TVector>
            where TVector : struct
            where TColumns : struct, ICount
        {
            for (var i = 0; i < TColumns.Value; i++)
                _loop.Run<TLanes, TVector>(column + (i * TLanes.Count));
        }
    }
}
