namespace ModelGen.Data;

/// <summary>Brings planes of pixels to the network's size. An instance keeps its weights and buffers for the next image, so each thread needs its own.</summary>
/// <param name="rule">How; not <see cref="Resize.None"/>.</param>
/// <param name="height">The network's rows.</param>
/// <param name="width">The network's columns.</param>
internal sealed class Resizer(Resize rule, int height, int width)
{
    private TriangleFilter? _vertical;
    private TriangleFilter? _horizontal;
    private byte[] _between = [];
    private int[] _sums = [];

    /// <summary>Resizes planes of any size.</summary>
    /// <param name="source">The planes, one after the other, row-major.</param>
    /// <param name="sourceHeight">Their rows.</param>
    /// <param name="sourceWidth">Their columns.</param>
    /// <param name="pixels">Receives as many planes of the network's size.</param>
    /// <exception cref="InvalidDataException">The image is too high; the message is a clause.</exception>
    public void Apply(ReadOnlySpan<byte> source, int sourceHeight, int sourceWidth, Span<byte> pixels)
    {
        var (tall, wide) = Size(sourceHeight, sourceWidth);
        var vertical = _vertical = Filter(_vertical, sourceHeight, tall, height);
        var horizontal = _horizontal = Filter(_horizontal, sourceWidth, wide, width);
        var (sourceArea, area) = (sourceHeight * sourceWidth, height * width);
        for (; !pixels.IsEmpty; pixels = pixels[area..], source = source[sourceArea..])
            ApplyToPlane(source[..sourceArea], pixels[..area], vertical, horizontal);
    }

    /// <summary>The size that the whole source is resampled to: the network's own, or one that fits into it or covers it.</summary>
    private (long Height, long Width) Size(int sourceHeight, int sourceWidth)
    {
        if (rule == Resize.Stretch)
            return (height, width);
        // In whole numbers, because a proportion that is met exactly must not be missed by a rounding.
        var (needed, given) = ((long)width * sourceHeight, (long)height * sourceWidth);
        if (rule == Resize.Crop)
            return needed >= given ? (needed / sourceWidth, width) : (height, given / sourceHeight);
        return needed <= given
            ? (Math.Clamp((int)Math.Round((double)sourceHeight / sourceWidth * width), 1, height), width)
            : (height, Math.Clamp((int)Math.Round((double)sourceWidth / sourceHeight * height), 1, width));
    }

    /// <summary>The filter of one direction, with what <paramref name="size"/> shows of it: the middle.</summary>
    private static TriangleFilter Filter(TriangleFilter? earlier, int from, long to, int size) =>
        earlier?.From == from && earlier.To == to ? earlier : new TriangleFilter(from, to, Half(to - Math.Min(to, size)), (int)Math.Min(to, size));

    /// <summary>First along the rows, then down the columns, each rounded to a byte as Pillow does it; of what is cut off nothing is computed.</summary>
    private void ApplyToPlane(ReadOnlySpan<byte> source, Span<byte> plane, TriangleFilter vertical, TriangleFilter horizontal)
    {
        var (shownHeight, shownWidth) = ((int)Math.Min(vertical.To, height), (int)Math.Min(horizontal.To, width));
        var (first, end) = vertical.Inputs;
        Grow(ref _between, (long)(end - first) * shownWidth);
        Grow(ref _sums, shownWidth);
        for (var y = first; y < end; y++)
            horizontal.ResampleRow(source.Slice(y * horizontal.From, horizontal.From), _between.AsSpan((y - first) * shownWidth, shownWidth));

        if (shownHeight < height || shownWidth < width)
            plane.Clear();
        var (top, left) = ((int)Half(height - shownHeight), (int)Half(width - shownWidth));
        for (var y = 0; y < shownHeight; y++)
            vertical.ResampleColumns(_between, plane.Slice((top + y) * width + left, shownWidth), y, _sums.AsSpan(0, shownWidth));
    }

    /// <summary>Half of an odd number is rounded to the even neighbour, as Python's <c>round</c> does it.</summary>
    private static long Half(long size) => (long)Math.Round(size / 2.0);

    private static void Grow<T>(ref T[] buffer, long length)
    {
        if (length > Array.MaxLength)
            throw new InvalidDataException("it is too high to be resized");
        if (buffer.Length < length)
            buffer = new T[length];
    }
}
