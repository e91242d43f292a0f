namespace ModelGen.Cpu.Kernels;

/// <summary>A copy of an image with zeros around it, so that a window's values can be read without asking where the image ends.</summary>
/// <param name="height">Rows of the image.</param>
/// <param name="width">Columns of the image.</param>
/// <param name="channels">Its channels.</param>
/// <param name="top">Rows of zeros above.</param>
/// <param name="left">Columns of zeros before.</param>
/// <param name="paddedHeight">Rows of the copy; what does not fit is left out.</param>
/// <param name="paddedWidth">Columns of the copy.</param>
internal sealed class PaddedImage(int height, int width, int channels, int top, int left, int paddedHeight, int paddedWidth)
{
    /// <summary>Columns of the copy.</summary>
    public int Width => paddedWidth;

    /// <summary>Floats of the copy.</summary>
    public int Length => paddedHeight * paddedWidth * channels;

    /// <summary>Makes the copy at the start of <paramref name="copy"/> and returns it.</summary>
    public ReadOnlySpan<float> Fill(ReadOnlySpan<float> image, Span<float> copy)
    {
        var (rows, columns) = (Math.Clamp(paddedHeight - top, 0, height), Math.Clamp(paddedWidth - left, 0, width));
        var (row, used) = (paddedWidth * channels, columns * channels);
        var before = Math.Min(left * channels, row);
        copy[..(Math.Min(top, paddedHeight) * row)].Clear();
        for (var y = 0; y < rows; y++)
        {
            var line = copy.Slice((top + y) * row, row);
            line[..before].Clear();
            image.Slice(y * width * channels, used).CopyTo(line[before..]);
            line[(before + used)..].Clear();
        }

        copy[(Math.Min(top + rows, paddedHeight) * row)..Length].Clear();
        return copy[..Length];
    }
}
