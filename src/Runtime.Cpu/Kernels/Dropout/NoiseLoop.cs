using System.Runtime.InteropServices;
using ModelGen.Cpu.Simd;

namespace ModelGen.Cpu.Kernels;

/// <summary><c>y = scale * x + shift</c> where a value is kept, and what stands for it where it is dropped.</summary>
/// <param name="noise">Where it is below the probability, the value is dropped.</param>
/// <param name="probability">From 0 to 1.</param>
/// <param name="scale">What a kept value is multiplied by.</param>
/// <param name="shift">What is added to it.</param>
/// <param name="dropped">What a dropped one becomes.</param>
/// <param name="x">The values; the indices of the noise count them.</param>
/// <param name="y">As many.</param>
internal readonly ref struct NoiseLoop(Noise noise, float probability, float scale, float shift, float dropped, ReadOnlySpan<float> x, Span<float> y) : IValueLoop
{
    private readonly Noise _noise = noise;
    private readonly float _probability = probability;
    private readonly float _scale = scale;
    private readonly float _shift = shift;
    private readonly float _dropped = dropped;
    private readonly ref float _x = ref MemoryMarshal.GetReference(x);
    private readonly ref float _y = ref MemoryMarshal.GetReference(y);

    public void Run<TLanes, TVector>(nuint first, nuint end)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var (noise, probability) = (_noise, TLanes.All(_probability));
        var (scale, shift, dropped) = (TLanes.All(_scale), TLanes.All(_shift), TLanes.All(_dropped));
        for (var i = first; i < end; i += (nuint)TLanes.Count)
        {
            var kept = TLanes.MultiplyAdd(TLanes.Load(in _x, i), scale, shift);
            TLanes.Store(TLanes.Select(TLanes.GreaterThan(probability, noise.At<TLanes, TVector>((uint)i)), dropped, kept), ref _y, i);
        }
    }
}
