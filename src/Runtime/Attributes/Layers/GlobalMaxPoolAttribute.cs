// Derived from src/Generator/Layers/GlobalMaxPool.cs by a test; change it there and run the tests with MODELGEN_UPDATE=1.
namespace ModelGen;

/// <summary>The largest value of each channel over a whole signal, image or volume: [N, C, …] to [N, C].</summary>
public sealed class GlobalMaxPoolAttribute : LayerAttribute;
