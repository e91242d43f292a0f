namespace ModelGen.Cpu.Kernels;

/// <summary>A sequence, <c>[length, features]</c>.</summary>
public interface ISequence
{
    /// <summary>Its positions.</summary>
    public static abstract int Length { get; }

    /// <summary>Features of each.</summary>
    public static abstract int Features { get; }
}
