namespace ModelGen.Cpu.Simd;

/// <summary>A loop over tiles of results that are one or two vectors wide.</summary>
internal interface ITileLoop
{
    /// <summary>Runs it.</summary>
    /// <param name="column">The first column.</param>
    public void Run<TLanes, TVector, TColumns>(int column)
        where TLanes : struct, ILanes<TVector>
        where TVector : struct
        where TColumns : struct, ICount;
}
