// Derived from src/Generator/Layers/PositionalEmbedding.cs by a test; change it there and run the tests with MODELGEN_UPDATE=1.
namespace ModelGen;

/// <summary>Adds trained values to each position, one tensor [1, L, E] under the layer's own name: [N, L, E] to the same shape.</summary>
public sealed class PositionalEmbeddingAttribute : LayerAttribute;
