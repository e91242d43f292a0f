// Derived from src/Generator/Layers/GlobalAvgPool.cs by a test; change it there and run the tests with MODELGEN_UPDATE=1.
namespace ModelGen;

/// <summary>The average of each channel over a whole signal, image or volume: [N, C, …] to [N, C].</summary>
public sealed class GlobalAvgPoolAttribute : LayerAttribute;
