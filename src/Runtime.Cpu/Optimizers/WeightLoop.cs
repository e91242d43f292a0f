using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using ModelGen.Cpu.Simd;

namespace ModelGen.Cpu;

/// <summary>
/// The loop over weights, as wide as the processor's vectors. Products are rounded before they are added: with the fused instruction of vectors, which
/// single floats lack, a weight's step would depend on its place among the others, and so on the number of workers.
/// </summary>
/// <param name="weights">The weights.</param>
/// <param name="gradient">Their gradients.</param>
/// <param name="first">What is remembered of each; empty where nothing is.</param>
/// <param name="second">The second such number.</param>
/// <param name="third">The third.</param>
internal readonly ref struct WeightLoop(Span<float> weights, ReadOnlySpan<float> gradient, Span<float> first, Span<float> second, Span<float> third)
{
    private readonly Span<float> _weights = weights;
    private readonly ReadOnlySpan<float> _gradient = gradient;
    private readonly Span<float> _first = first;
    private readonly Span<float> _second = second;
    private readonly Span<float> _third = third;

    /// <summary>Takes the step.</summary>
    /// <param name="step">The formula.</param>
    /// <param name="added">How many times each weight is added to its gradient: decay.</param>
    /// <param name="kept">What of each weight is kept before the step: 1 less the decay that shrinks it.</param>
    public void Move<TStep>(TStep step, float added, float kept)
        where TStep : struct, IStep
    {
        var done = Vector512.IsHardwareAccelerated ? Move<TStep, Lanes512, Vector512<float>>(step, added, kept, 0)
            : Vector256.IsHardwareAccelerated ? Move<TStep, Lanes256, Vector256<float>>(step, added, kept, 0)
            : Vector128.IsHardwareAccelerated ? Move<TStep, Lanes128, Vector128<float>>(step, added, kept, 0)
            : 0;
        Move<TStep, Lanes1, float>(step, added, kept, done);
    }

    /// <summary>Takes the step for whole vectors from a weight on, and returns where they end.</summary>
    internal int Move<TStep, TLanes, TVector>(TStep step, float added, float kept, int start)
        where TStep : struct, IStep
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
    {
        ref var weights = ref MemoryMarshal.GetReference(_weights);
        ref var gradients = ref MemoryMarshal.GetReference(_gradient);
        ref var firsts = ref MemoryMarshal.GetReference(_first);
        ref var seconds = ref MemoryMarshal.GetReference(_second);
        ref var thirds = ref MemoryMarshal.GetReference(_third);
        var (hasFirst, hasSecond, hasThird) = (!_first.IsEmpty, !_second.IsEmpty, !_third.IsEmpty);
        var (shares, rests) = (TLanes.All(added), TLanes.All(kept));
        var i = start;
        for (; i + TLanes.Count <= _weights.Length; i += TLanes.Count)
        {
            var at = (nuint)i;
            var weight = TLanes.Load(ref weights, at);
            var gradient = TLanes.Add(TLanes.Load(ref gradients, at), TLanes.Multiply(weight, shares));
            var first = hasFirst ? TLanes.Load(ref firsts, at) : default;
            var second = hasSecond ? TLanes.Load(ref seconds, at) : default;
            var third = hasThird ? TLanes.Load(ref thirds, at) : default;
            TLanes.Store(step.Next<TLanes, TVector>(TLanes.Multiply(weight, rests), gradient, ref first, ref second, ref third), ref weights, at);
            if (hasFirst)
                TLanes.Store(first, ref firsts, at);
            if (hasSecond)
                TLanes.Store(second, ref seconds, at);
            if (hasThird)
                TLanes.Store(third, ref thirds, at);
        }

        return i;
    }
}
