namespace ModelGen.Cpu.Kernels;

/// <summary>A layer that takes each value by itself.</summary>
public interface IPointwise
{
    /// <summary>Values of a sample.</summary>
    public static abstract int Length { get; }
}
