namespace ModelGen.Data;

/// <summary>
/// Pads an image with black on all sides and cuts its own size out of that at a random place, each as likely: torchvision's
/// <c>RandomCrop(size, padding)</c>. Two random numbers, the row and the column.
/// </summary>
public sealed class RandomCrop : IAugmentation
{
    private readonly int _padding;

    /// <summary>Creates the change.</summary>
    /// <param name="padding">Pixels on each side, 1 to 1000.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="padding"/> is out of its range.</exception>
    public RandomCrop(int padding)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(padding, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(padding, 1000);
        _padding = padding;
    }

    /// <inheritdoc/>
    public void Apply(Span<byte> pixels, ImageShape shape, ref SplitMix64 random)
    {
        var down = random.Below(2 * _padding + 1) - _padding;
        var right = random.Below(2 * _padding + 1) - _padding;
        var area = shape.Height * shape.Width;
        for (; !pixels.IsEmpty; pixels = pixels[area..])
            Cut(pixels[..area], shape, down, right);
    }

    /// <summary>Row y becomes what stands <paramref name="down"/> rows below and <paramref name="right"/> columns to its right, or black.</summary>
    private static void Cut(Span<byte> plane, ImageShape shape, int down, int right)
    {
        var kept = Math.Max(0, shape.Width - Math.Abs(right));
        for (var i = 0; i < shape.Height; i++)
        {
            // From the side that is cut off, so that each row is read before it is written over.
            var y = down >= 0 ? i : shape.Height - 1 - i;
            var row = plane.Slice(y * shape.Width, shape.Width);
            if (kept == 0 || y + down < 0 || y + down >= shape.Height)
            {
                row.Clear();
                continue;
            }

            var source = plane.Slice((y + down) * shape.Width + Math.Max(0, right), kept);
            var start = Math.Max(0, -right);
            source.CopyTo(row[start..]);
            row[..start].Clear();
            row[(start + kept)..].Clear();
        }
    }
}
