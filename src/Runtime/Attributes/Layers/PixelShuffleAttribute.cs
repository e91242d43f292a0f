// Derived from src/Generator/Layers/PixelShuffle.cs by a test; change it there and run the tests with MODELGEN_UPDATE=1.
namespace ModelGen;

/// <summary>Moves channels into the image, which gets larger: [N, C r r, H, W] to [N, C, H r, W r], where r = upscale_factor.</summary>
public sealed class PixelShuffleAttribute : LayerAttribute
{
    /// <summary>Declares the layer.</summary>
    /// <param name="upscaleFactor">How many times larger the image gets in each direction: a whole number of at least 1.</param>
    public PixelShuffleAttribute(int upscaleFactor)
    {
        UpscaleFactor = upscaleFactor;
    }

    /// <summary>How many times larger the image gets in each direction: a whole number of at least 1.</summary>
    public int UpscaleFactor { get; }
}
