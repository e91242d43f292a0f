// Derived from src/Generator/Layers/Hardswish.cs by a test; change it there and run the tests with MODELGEN_UPDATE=1.
namespace ModelGen;

/// <summary>Swish by straight lines, x min(max(x + 3, 0), 6) / 6, on each value: any shape to the same shape.</summary>
public sealed class HardswishAttribute : LayerAttribute;
