namespace ModelGen.Data;

/// <summary>Multiplies all values by one random factor, as the <c>brightness</c> of torchvision's <c>ColorJitter</c> does. One random number.</summary>
public sealed class Brightness : IAugmentation
{
    private readonly Jitter _factor;

    /// <summary>Creates the change.</summary>
    /// <param name="share">The factor is uniform from 1 - share, or 0 if that is negative, to 1 + share; at least 0.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="share"/> is negative or no number.</exception>
    public Brightness(double share) => _factor = new Jitter(share);

    /// <inheritdoc/>
    public void Apply(Span<byte> pixels, ImageShape shape, ref SplitMix64 random) => Jitter.Stretch(pixels, origin: 0, _factor.Draw(ref random));
}
