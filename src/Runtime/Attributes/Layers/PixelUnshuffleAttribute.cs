// Derived from src/Generator/Layers/PixelUnshuffle.cs by a test; change it there and run the tests with MODELGEN_UPDATE=1.
namespace ModelGen;

/// <summary>Moves the image into channels: [N, C, H r, W r] to [N, C r r, H, W], where r = downscale_factor.</summary>
public sealed class PixelUnshuffleAttribute : LayerAttribute
{
    /// <summary>Declares the layer.</summary>
    /// <param name="downscaleFactor">How many times smaller the image gets in each direction: a whole number of at least 1.</param>
    public PixelUnshuffleAttribute(int downscaleFactor)
    {
        DownscaleFactor = downscaleFactor;
    }

    /// <summary>How many times smaller the image gets in each direction: a whole number of at least 1.</summary>
    public int DownscaleFactor { get; }
}
