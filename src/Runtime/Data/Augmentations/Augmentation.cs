namespace ModelGen.Data;

/// <summary>
/// What an epoch does to its images, one change after the other. A pure function of the seed, the epoch and the image, whatever the batch
/// and the thread, the same on every machine.
/// </summary>
/// <remarks>
/// The changes of an image take their numbers, in their order, from one SplitMix64, whose state starts as
/// <c>first(first(first(first(seed) XOR 0x6175676D) XOR epoch) XOR image)</c>, where <c>first(s)</c> is the first number of SplitMix64 in
/// state <c>s</c>. The order of the samples takes its numbers from elsewhere.
/// </remarks>
/// <param name="seed">The run's seed.</param>
/// <param name="epoch">The epoch: every epoch changes its images otherwise.</param>
/// <param name="steps">The changes, in the order in which they are made.</param>
public sealed class Augmentation(int seed, int epoch, params IAugmentation[] steps)
{
    // "augm" in ASCII: no epoch and no stream of drawn digits gets that far.
    private const int Stream = 0x6175676D;

    /// <summary>Changes one image in place.</summary>
    /// <param name="pixels">The image: <c>[C, H, W]</c> row-major, 0 to 255.</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="image">Its index in its set.</param>
    public void Apply(Span<byte> pixels, ImageShape shape, int image)
    {
        var random = SplitMix64.For(seed, Stream, epoch, image);
        foreach (var step in steps)
            step.Apply(pixels, shape, ref random);
    }
}
