namespace ModelGen.Cpu.Kernels;

/// <summary>
/// What a batch norm knows of its batch, vectors of one value for each channel: it normalises by <c>x * scale + shift</c>, and its gradient is
/// <c>dz * scale + slope * (x - mean) + offset</c>, where dz is that of the normalised value.
/// </summary>
internal static class NormState
{
    public const int Scale = 0;

    public const int Shift = 1;

    public const int Mean = 2;

    /// <summary>1 / the standard deviation.</summary>
    public const int Precision = 3;

    public const int Slope = 4;

    public const int Offset = 5;

    /// <summary>How many vectors there are.</summary>
    public const int Vectors = 6;
}
