namespace ModelGen.Cpu.Simd;

/// <summary>A loop over values that lie side by side: those of a tensor, or the channels of each pixel.</summary>
internal interface IValueLoop
{
    /// <summary>Runs it.</summary>
    /// <param name="first">The first value.</param>
    /// <param name="end">Where they end: a multiple of the lanes behind the first.</param>
    public void Run<TLanes, TVector>(nuint first, nuint end)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct;
}
