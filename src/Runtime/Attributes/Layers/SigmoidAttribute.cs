// Derived from src/Generator/Layers/Sigmoid.cs by a test; change it there and run the tests with MODELGEN_UPDATE=1.
namespace ModelGen;

/// <summary>Logistic sigmoid, 1 / (1 + exp(-x)), on each value: any shape to the same shape.</summary>
public sealed class SigmoidAttribute : LayerAttribute;
