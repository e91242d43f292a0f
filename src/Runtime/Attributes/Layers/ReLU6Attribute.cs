// Derived from src/Generator/Layers/ReLU6.cs by a test; change it there and run the tests with MODELGEN_UPDATE=1.
namespace ModelGen;

/// <summary>Rectified linear unit with an upper end, min(max(x, 0), 6), on each value: any shape to the same shape.</summary>
public sealed class ReLU6Attribute : LayerAttribute;
