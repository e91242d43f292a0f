namespace ModelGen.Data;

/// <summary>
/// Multiplies the distance of all values from the image's mean luma, rounded, by one random factor, as the <c>contrast</c> of torchvision's
/// <c>ColorJitter</c> does. One random number.
/// </summary>
public sealed class Contrast : IAugmentation
{
    private readonly Jitter _factor;

    /// <summary>Creates the change.</summary>
    /// <param name="share">The factor is uniform from 1 - share, or 0 if that is negative, to 1 + share; at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="share"/> is negative or no number.</exception>
    public Contrast(double share) => _factor = new Jitter(share);

    /// <inheritdoc/>
    public void Apply(Span<byte> pixels, ImageShape shape, ref SplitMix64 random) => Jitter.Stretch(pixels, MeanLuma(pixels, shape), _factor.Draw(ref random));

    internal static int MeanLuma(ReadOnlySpan<byte> pixels, ImageShape shape)
    {
        var area = shape.Height * shape.Width;
        var sum = 0L;
        if (shape.Channels == 1)
        {
            foreach (var value in pixels)
                sum += value;
        }
        else
        {
            for (var i = 0; i < area; i++)
                sum += Luma.Of(pixels[i], pixels[area + i], pixels[2 * area + i]);
        }

        return (int)((double)sum / area + 0.5);
    }
}
