// Derived from src/Generator/Layers/Crop.cs by a test; change it there and run the tests with MODELGEN_UPDATE=1.
namespace ModelGen;

/// <summary>The middle of an image, as torchvision's CenterCrop takes it: [N, C, H, W] to [N, C, H', W'], where [H', W'] = size.</summary>
public sealed class CropAttribute : LayerAttribute
{
    /// <summary>Declares the layer.</summary>
    /// <param name="size">The output's height and width: a whole number of at least 1.</param>
    public CropAttribute(int size)
    {
        Size = [size, size];
    }

    /// <summary>Declares the layer.</summary>
    /// <param name="size">The output's height and width: two whole numbers, [height, width].</param>
    public CropAttribute(int[] size)
    {
        Size = size;
    }

    /// <summary>The output's height and width: two whole numbers, [height, width].</summary>
    public IReadOnlyList<int> Size { get; }
}
