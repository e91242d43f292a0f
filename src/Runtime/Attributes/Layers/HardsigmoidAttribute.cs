// Derived from src/Generator/Layers/Hardsigmoid.cs by a test; change it there and run the tests with MODELGEN_UPDATE=1.
namespace ModelGen;

/// <summary>Sigmoid by straight lines, min(max(x + 3, 0), 6) / 6, on each value: any shape to the same shape.</summary>
public sealed class HardsigmoidAttribute : LayerAttribute;
