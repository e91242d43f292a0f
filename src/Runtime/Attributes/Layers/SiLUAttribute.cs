// Derived from src/Generator/Layers/SiLU.cs by a test; change it there and run the tests with MODELGEN_UPDATE=1.
namespace ModelGen;

/// <summary>Sigmoid linear unit, x sigmoid(x), also known as swish, on each value: any shape to the same shape.</summary>
public sealed class SiLUAttribute : LayerAttribute;
