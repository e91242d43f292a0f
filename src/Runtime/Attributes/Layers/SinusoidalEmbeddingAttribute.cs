// Derived from src/Generator/Layers/SinusoidalEmbedding.cs by a test; change it there and run the tests with MODELGEN_UPDATE=1.
namespace ModelGen;

/// <summary>Adds sines and cosines of position / 10000^(2i / E) to each position, which are not trained: [N, L, E] to the same shape.</summary>
public sealed class SinusoidalEmbeddingAttribute : LayerAttribute;
