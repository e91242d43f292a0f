namespace ModelGen.Cpu.Simd;

/// <summary>A loop over the pixels, or rows, of a few neighbouring channels: as many as a vector holds.</summary>
internal interface IColumnLoop
{
    /// <summary>Runs it.</summary>
    /// <param name="column">The first channel.</param>
    public void Run<TLanes, TVector>(int column)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct;
}
