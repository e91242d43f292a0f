using System.Runtime.Intrinsics;

namespace ModelGen.Cpu.Simd;

/// <summary>Cuts values into those that fill the widest vectors, and the few behind them, for which narrower ones are taken.</summary>
internal static class Lanes
{
    /// <summary>Runs a loop at most once for each width.</summary>
    /// <param name="loop">The loop.</param>
    /// <param name="count">How many values.</param>
    /// <param name="lanes">Lanes of the widest vectors to use.</param>
    public static void Run<TLoop>(ref TLoop loop, int count, int lanes)
        where TLoop : struct, IValueLoop, allows ref struct
    {
        nuint first = 0;
        if (lanes >= 16)
            Run<TLoop, Lanes512, Vector512<float>>(ref loop, ref first, count);
        if (lanes >= 8)
            Run<TLoop, Lanes256, Vector256<float>>(ref loop, ref first, count);
        if (lanes >= 4)
            Run<TLoop, Lanes128, Vector128<float>>(ref loop, ref first, count);
        Run<TLoop, Lanes1, float>(ref loop, ref first, count);
    }

    private static void Run<TLoop, TLanes, TVector>(ref TLoop loop, ref nuint first, int count)
        where TLoop : struct, IValueLoop, allows ref struct
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var end = (nuint)(count - (count % TLanes.Count));
        if (end > first)
            loop.Run<TLanes, TVector>(first, end);
        first = end;
    }
}
