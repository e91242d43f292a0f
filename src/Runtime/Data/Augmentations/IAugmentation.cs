namespace ModelGen.Data;

/// <summary>A random change of training images under which each keeps its label.</summary>
public interface IAugmentation
{
    /// <summary>Changes one image in place.</summary>
    /// <param name="pixels">The image: <c>[C, H, W]</c> row-major, 0 (black) to 255.</param>
    /// <param name="shape">Its shape.</param>
    /// <param name="random">All chance comes from here, so that the result depends on nothing else.</param>
    public void Apply(Span<byte> pixels, ImageShape shape, ref SplitMix64 random);
}
