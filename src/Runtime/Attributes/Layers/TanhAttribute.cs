// Derived from src/Generator/Layers/Tanh.cs by a test; change it there and run the tests with MODELGEN_UPDATE=1.
namespace ModelGen;

/// <summary>Hyperbolic tangent, tanh(x), on each value: any shape to the same shape.</summary>
public sealed class TanhAttribute : LayerAttribute;
