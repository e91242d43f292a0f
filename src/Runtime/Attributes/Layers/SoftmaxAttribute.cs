// Derived from src/Generator/Layers/Softmax.cs by a test; change it there and run the tests with MODELGEN_UPDATE=1.
namespace ModelGen;

/// <summary>Softmax, exp(x) / sum exp(x), along dim: any shape to the same shape.</summary>
public sealed class SoftmaxAttribute : LayerAttribute
{
    /// <summary>Declares the layer.</summary>
    /// <param name="dim">The dimension whose values sum to one, where 1 holds the classes and -1 is the last: a whole number. Default: 1.</param>
    public SoftmaxAttribute(int dim = 1)
    {
        Dim = dim;
    }

    /// <summary>The dimension whose values sum to one, where 1 holds the classes and -1 is the last: a whole number. Default: 1.</summary>
    public int Dim { get; }
}
