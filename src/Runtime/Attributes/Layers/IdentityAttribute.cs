// Derived from src/Generator/Layers/Identity.cs by a test; change it there and run the tests with MODELGEN_UPDATE=1.
namespace ModelGen;

/// <summary>What flows in, unchanged, under a name of its own: any shape to the same shape.</summary>
public sealed class IdentityAttribute : LayerAttribute;
