// Derived from src/Generator/Layers/SELU.cs by a test; change it there and run the tests with MODELGEN_UPDATE=1.
namespace ModelGen;

/// <summary>Scaled exponential linear unit, 1.0507 (max(x, 0) + min(0, 1.6733 (exp(x) - 1))), on each value: any shape to the same shape.</summary>
public sealed class SELUAttribute : LayerAttribute;
