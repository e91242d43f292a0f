namespace ModelGen.Data;

/// <summary>Mirrors an image top-bottom with probability 1/2: the highest bit of one random number.</summary>
public sealed class VerticalFlip : IAugmentation
{
    /// <inheritdoc/>
    public void Apply(Span<byte> pixels, ImageShape shape, ref SplitMix64 random)
    {
        if (random.Next() >> 63 == 0)
            return;
        var area = shape.Height * shape.Width;
        for (; !pixels.IsEmpty; pixels = pixels[area..])
            TurnOver(pixels[..area], shape.Width);
    }

    /// <summary>Reverses the plane, which turns its rows around too, and these back.</summary>
    private static void TurnOver(Span<byte> plane, int width)
    {
        plane.Reverse();
        for (; !plane.IsEmpty; plane = plane[width..])
            plane[..width].Reverse();
    }
}
