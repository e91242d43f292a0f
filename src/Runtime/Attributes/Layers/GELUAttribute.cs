// Derived from src/Generator/Layers/GELU.cs by a test; change it there and run the tests with MODELGEN_UPDATE=1.
namespace ModelGen;

/// <summary>Gaussian error linear unit in its exact form, x times the normal distribution function of x, on each value: any shape to the same shape.</summary>
public sealed class GELUAttribute : LayerAttribute;
