using System.Runtime.CompilerServices;
using ModelGen.Cpu.Simd;

namespace ModelGen.Cpu.Kernels;

/// <summary>
/// Random numbers as a function of a seed and an index: the backward pass draws those of the forward pass again, and it makes no difference which worker does.
/// The seed is mixed as SplitMix64 does (Steele et al. 2014), the index twice as lowbias32 does (Wellons 2018), which takes whole numbers of 32 bits alone.
/// </summary>
/// <param name="seed">The seed.</param>
internal readonly struct Noise(ulong seed)
{
    private readonly ulong _key = Mix(seed);

    /// <summary>A number from 0 to below 1, in steps of 2^-24.</summary>
    public float At(uint index) => At<Lanes1, float>(index);

    /// <summary>Those of an index and of the next ones, one for each lane.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TVector At<TLanes, TVector>(uint first)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        var bits = Mix<TLanes, TVector>(TLanes.Xor(TLanes.Counters(first), Bits<TLanes, TVector>((uint)_key)));
        return TLanes.Fraction(Mix<TLanes, TVector>(TLanes.Xor(bits, Bits<TLanes, TVector>((uint)(_key >> 32)))));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Mix<TLanes, TVector>(TVector bits)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        bits = TLanes.MultiplyBits(TLanes.Xor(bits, TLanes.ShiftBits(bits, 16)), 0x7feb352d);
        bits = TLanes.MultiplyBits(TLanes.Xor(bits, TLanes.ShiftBits(bits, 15)), 0x846ca68b);
        return TLanes.Xor(bits, TLanes.ShiftBits(bits, 16));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Bits<TLanes, TVector>(uint bits)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct => TLanes.All(BitConverter.UInt32BitsToSingle(bits));

    private static ulong Mix(ulong seed)
    {
        seed += 0x9e3779b97f4a7c15;
        seed = (seed ^ (seed >> 30)) * 0xbf58476d1ce4e5b9;
        seed = (seed ^ (seed >> 27)) * 0x94d049bb133111eb;
        return seed ^ (seed >> 31);
    }
}
