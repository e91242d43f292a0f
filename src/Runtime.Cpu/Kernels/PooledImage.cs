namespace ModelGen.Cpu.Kernels;

/// <summary>An image and the windows of a pool, which may overlap, leave gaps, and reach beyond the image.</summary>
/// <param name="Rows">The window along the height.</param>
/// <param name="Columns">The window along the width.</param>
/// <param name="Channels">Channels.</param>
internal readonly record struct PooledImage(WindowAxis Rows, WindowAxis Columns, int Channels)
{
    /// <summary>Floats of the image.</summary>
    public int Length => Rows.Size * Columns.Size * Channels;

    /// <summary>Floats of the pooled image.</summary>
    public int OutLength => Rows.Out * Columns.Out * Channels;

    /// <summary>From one row under the window to the next, in floats.</summary>
    public int RowStep => Rows.Dilation * Columns.Size * Channels;

    /// <summary>From one column under the window to the next, in floats.</summary>
    public int ColumnStep => Columns.Dilation * Channels;

    /// <summary>Where the window's first value stands for a place; it may be beyond the image.</summary>
    public int Start(int y, int x) => ((((y * Rows.Stride) - Rows.Padding) * Columns.Size) + (x * Columns.Stride) - Columns.Padding) * Channels;
}
