namespace ModelGen.Cpu.Kernels;

/// <summary>An image and the windows of a pool that lie side by side on it.</summary>
/// <param name="Height">Rows.</param>
/// <param name="Width">Columns.</param>
/// <param name="Channels">Channels.</param>
/// <param name="Pool">Rows and columns of a window; 1 for no pool.</param>
internal readonly record struct PooledShape(int Height, int Width, int Channels, int Pool)
{
    /// <summary>Rows of windows.</summary>
    public int OutHeight => Height / Pool;

    /// <summary>Columns of windows.</summary>
    public int OutWidth => Width / Pool;

    /// <summary>Floats of the image.</summary>
    public int Length => Height * Width * Channels;

    /// <summary>Floats of the pooled image.</summary>
    public int OutLength => OutHeight * OutWidth * Channels;

    /// <summary>Where a window's value stands, row by row, counted from its first.</summary>
    public nuint Under(int i) => (nuint)(((i / Pool * Width) + (i % Pool)) * Channels);
}
