// Derived from src/Generator/Layers/AdaptiveMaxPool2d.cs by a test; change it there and run the tests with MODELGEN_UPDATE=1.
namespace ModelGen;

/// <summary>The largest values of windows sized so that the output is output_size: [N, C, H, W] to [N, C, H', W'].</summary>
public sealed class AdaptiveMaxPool2dAttribute : LayerAttribute
{
    /// <summary>Declares the layer.</summary>
    /// <param name="outputSize">The output's height and width: a whole number of at least 1.</param>
    public AdaptiveMaxPool2dAttribute(int outputSize)
    {
        OutputSize = [outputSize, outputSize];
    }

    /// <summary>Declares the layer.</summary>
    /// <param name="outputSize">The output's height and width: two whole numbers, [height, width].</param>
    public AdaptiveMaxPool2dAttribute(int[] outputSize)
    {
        OutputSize = outputSize;
    }

    /// <summary>The output's height and width: two whole numbers, [height, width].</summary>
    public IReadOnlyList<int> OutputSize { get; }
}
