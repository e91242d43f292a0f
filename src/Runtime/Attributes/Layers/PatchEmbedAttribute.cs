// Derived from src/Generator/Layers/PatchEmbed.cs by a test; change it there and run the tests with MODELGEN_UPDATE=1.
namespace ModelGen;

/// <summary>Cuts an image into patches, maps each to features by one convolution, and puts them behind each other, row by row: [N, C, H, W] to [N, L, embed_dim], where L = (H / patch_size) (W / patch_size).</summary>
public sealed class PatchEmbedAttribute : LayerAttribute
{
    /// <summary>Declares the layer.</summary>
    /// <param name="patchSize">The size of a patch; divides the image's: a whole number of at least 1.</param>
    /// <param name="embedDim">E, the features of each patch: a whole number of at least 1.</param>
    public PatchEmbedAttribute(int patchSize, int embedDim)
    {
        PatchSize = [patchSize, patchSize];
        EmbedDim = embedDim;
    }

    /// <summary>Declares the layer.</summary>
    /// <param name="patchSize">The size of a patch; divides the image's: two whole numbers, [height, width].</param>
    /// <param name="embedDim">E, the features of each patch: a whole number of at least 1.</param>
    public PatchEmbedAttribute(int[] patchSize, int embedDim)
    {
        PatchSize = patchSize;
        EmbedDim = embedDim;
    }

    /// <summary>The size of a patch; divides the image's: two whole numbers, [height, width].</summary>
    public IReadOnlyList<int> PatchSize { get; }

    /// <summary>E, the features of each patch: a whole number of at least 1.</summary>
    public int EmbedDim { get; }

    /// <summary>The number of input channels, to have it checked: a whole number of at least 1. Default: the input's.</summary>
    public int InChannels { get; set; }
}
