// Derived from src/Generator/Layers/AdaptiveAvgPool1d.cs by a test; change it there and run the tests with MODELGEN_UPDATE=1.
namespace ModelGen;

/// <summary>Averages over windows sized so that the output is output_size long: [N, C, L] to [N, C, output_size].</summary>
public sealed class AdaptiveAvgPool1dAttribute : LayerAttribute
{
    /// <summary>Declares the layer.</summary>
    /// <param name="outputSize">The output's length: a whole number of at least 1.</param>
    public AdaptiveAvgPool1dAttribute(int outputSize)
    {
        OutputSize = [outputSize];
    }

    /// <summary>The output's length: two whole numbers, [depth, height, width].</summary>
    public IReadOnlyList<int> OutputSize { get; }
}
