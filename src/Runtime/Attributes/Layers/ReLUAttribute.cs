// Derived from src/Generator/Layers/ReLU.cs by a test; change it there and run the tests with MODELGEN_UPDATE=1.
namespace ModelGen;

/// <summary>Rectified linear unit, max(x, 0), on each value: any shape to the same shape.</summary>
public sealed class ReLUAttribute : LayerAttribute;
