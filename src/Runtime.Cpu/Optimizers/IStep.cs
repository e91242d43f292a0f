using ModelGen.Cpu.Simd;

namespace ModelGen.Cpu;

/// <summary>An optimizer's formula for each weight by itself. It is a type, so that it becomes part of the loop over all weights.</summary>
internal interface IStep
{
    /// <summary>The weight after the step.</summary>
    /// <param name="weight">The weight.</param>
    /// <param name="gradient">Its gradient, with decay in it.</param>
    /// <param name="first">The first number that is remembered of the weight, to be changed; 0 where there is none.</param>
    /// <param name="second">The second.</param>
    /// <param name="third">The third.</param>
    public TVector Next<TLanes, TVector>(TVector weight, TVector gradient, ref TVector first, ref TVector second, ref TVector third)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct;
}
