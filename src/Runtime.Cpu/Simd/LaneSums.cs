using System.Runtime.CompilerServices;

namespace ModelGen.Cpu.Simd;

/// <summary>Sums of float32 vectors that go on in float64.</summary>
internal static class LaneSums
{
    /// <summary>Values that are added in float32, before their sum is added in float64.</summary>
    public const int Block = 512;

    /// <summary>Adds each lane to its sum.</summary>
    [SkipLocalsInit]
    public static void Add<TLanes, TVector>(TVector values, Span<double> sums)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        Span<float> lanes = stackalloc float[TLanes.Count];
        TLanes.Store(values, ref lanes[0], 0);
        for (var i = 0; i < lanes.Length; i++)
            sums[i] += lanes[i];
    }
}
