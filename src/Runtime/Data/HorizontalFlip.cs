namespace ModelGen.Data;

/// <summary>
/// Which images an epoch shows mirrored left-right: each with probability 1/2, whatever the batch and the thread. A pure function of
/// the seed, the epoch and the image, the same on every machine.
/// </summary>
/// <remarks>
/// The highest bit of the first number of SplitMix64, whose state starts as
/// <c>first(first(first(first(seed) XOR 0x666C6970) XOR epoch) XOR image)</c>, where <c>first(s)</c> is the first number of SplitMix64 in
/// state <c>s</c>. The order of the samples takes its numbers from elsewhere.
/// </remarks>
/// <param name="Seed">The run's seed.</param>
/// <param name="Epoch">The epoch: every epoch mirrors other images.</param>
public readonly record struct HorizontalFlip(int Seed, int Epoch)
{
    // "flip" in ASCII: no epoch and no stream of drawn digits gets that far.
    private const int Stream = 0x666C6970;

    /// <summary>Whether the image is shown mirrored.</summary>
    /// <param name="image">The image's index in its set.</param>
    public bool Mirrors(int image) => SplitMix64.For(Seed, Stream, Epoch, image).Next() >> 63 == 1;

    /// <summary>Turns each row of pixels around.</summary>
    internal static void Mirror(Span<byte> pixels, int width)
    {
        for (; !pixels.IsEmpty; pixels = pixels[width..])
            pixels[..width].Reverse();
    }
}
