// Derived from src/Generator/Layers/Mish.cs by a test; change it there and run the tests with MODELGEN_UPDATE=1.
namespace ModelGen;

/// <summary>Mish, x tanh(ln(1 + exp(x))), on each value: any shape to the same shape.</summary>
public sealed class MishAttribute : LayerAttribute;
