// Derived from src/Generator/Layers/ClassToken.cs by a test; change it there and run the tests with MODELGEN_UPDATE=1.
namespace ModelGen;

/// <summary>Puts one trained position before all others, a tensor [1, 1, E] under the layer's own name: [N, L, E] to [N, L + 1, E].</summary>
public sealed class ClassTokenAttribute : LayerAttribute;
