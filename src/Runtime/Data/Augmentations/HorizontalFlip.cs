namespace ModelGen.Data;

/// <summary>Mirrors an image left-right with probability 1/2: the highest bit of one random number.</summary>
public sealed class HorizontalFlip : IAugmentation
{
    /// <inheritdoc/>
    public void Apply(Span<byte> pixels, ImageShape shape, ref SplitMix64 random)
    {
        if (random.Next() >> 63 == 0)
            return;
        for (; !pixels.IsEmpty; pixels = pixels[shape.Width..])
            pixels[..shape.Width].Reverse();
    }
}
