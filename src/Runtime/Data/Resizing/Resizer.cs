namespace ModelGen.Data;

/// <summary>Brings planes of pixels to the network's size. An instance keeps its weights and buffers for the next image, so each thread needs its own.</summary>
/// <param name="rule">How; not <see cref="Resize.None"/>.</param>
/// <param name="height">The network's rows.</param>
/// <param name="width">The network's columns.</param>
internal sealed class Resizer(Resize rule, int height, int width)
{
    private TriangleFilter _rows = new(height, height);
    private TriangleFilter _columns = new(width, width);
    private byte[] _between = [];
    private int[] _sums = [];

    /// <summary>Resizes planes of any size.</summary>
    /// <param name="source">The planes, one after the other, row-major.</param>
    /// <param name="sourceHeight">Their rows.</param>
    /// <param name="sourceWidth">Their columns.</param>
    /// <param name="pixels">Receives as many planes of the network's size.</param>
    public void Apply(ReadOnlySpan<byte> source, int sourceHeight, int sourceWidth, Span<byte> pixels)
    {
        var (tall, wide) = Size(sourceHeight, sourceWidth);
        if (_rows.From != sourceHeight || _rows.To != tall)
            _rows = new TriangleFilter(sourceHeight, tall);
        if (_columns.From != sourceWidth || _columns.To != wide)
            _columns = new TriangleFilter(sourceWidth, wide);

        var (sourceArea, area) = (sourceHeight * sourceWidth, height * width);
        for (; !pixels.IsEmpty; pixels = pixels[area..], source = source[sourceArea..])
            ApplyToPlane(source[..sourceArea], pixels[..area]);
    }

    /// <summary>The size that the whole source is resampled to: the network's own, or one that fits into it or covers it.</summary>
    private (int Height, int Width) Size(int sourceHeight, int sourceWidth)
    {
        if (rule == Resize.Stretch)
            return (height, width);
        // In whole numbers, because a proportion that is met exactly must not be missed by a rounding.
        var (needed, given) = ((long)width * sourceHeight, (long)height * sourceWidth);
        if (rule == Resize.Crop)
            return needed >= given ? ((int)(needed / sourceWidth), width) : (height, (int)(given / sourceHeight));
        return needed <= given
            ? (Math.Clamp((int)Math.Round((double)sourceHeight / sourceWidth * width), 1, height), width)
            : (height, Math.Clamp((int)Math.Round((double)sourceWidth / sourceHeight * height), 1, width));
    }

    /// <summary>First the rows, then the columns, each rounded to a byte as Pillow does it; of what is cut off nothing is computed.</summary>
    private void ApplyToPlane(ReadOnlySpan<byte> source, Span<byte> plane)
    {
        var (shownHeight, shownWidth) = (Math.Min(_rows.To, height), Math.Min(_columns.To, width));
        var (cutTop, cutLeft) = (Half(_rows.To - shownHeight), Half(_columns.To - shownWidth));
        var (top, left) = (Half(height - shownHeight), Half(width - shownWidth));
        Grow(ref _between, _rows.From * shownWidth);
        Grow(ref _sums, shownWidth);

        var (first, end) = _rows.Inputs(cutTop, shownHeight);
        for (var y = first; y < end; y++)
        {
            var row = source.Slice(y * _columns.From, _columns.From);
            var output = _between.AsSpan(y * shownWidth, shownWidth);
            if (_columns.From == _columns.To)
                row.Slice(cutLeft, shownWidth).CopyTo(output);
            else
                _columns.ResampleRow(row, output, cutLeft);
        }

        if (shownHeight < height || shownWidth < width)
            plane.Clear();
        for (var y = 0; y < shownHeight; y++)
        {
            var output = plane.Slice((top + y) * width + left, shownWidth);
            if (_rows.From == _rows.To)
                _between.AsSpan((cutTop + y) * shownWidth, shownWidth).CopyTo(output);
            else
                _rows.ResampleColumns(_between, output, cutTop + y, _sums.AsSpan(0, shownWidth));
        }
    }

    /// <summary>Half of an odd number is rounded to the even neighbour, as Python's <c>round</c> does it.</summary>
    private static int Half(int size) => (int)Math.Round(size / 2.0);

    private static void Grow<T>(ref T[] buffer, int length)
    {
        if (buffer.Length < length)
            buffer = new T[length];
    }
}
