// Derived from src/Generator/Layers/LogSoftmax.cs by a test; change it there and run the tests with MODELGEN_UPDATE=1.
namespace ModelGen;

/// <summary>The logarithm of softmax, x - log sum exp(x), along dim: any shape to the same shape.</summary>
public sealed class LogSoftmaxAttribute : LayerAttribute
{
    /// <summary>Declares the layer.</summary>
    /// <param name="dim">The dimension whose values sum to one, where 1 holds the classes and -1 is the last: a whole number. Default: 1.</param>
    public LogSoftmaxAttribute(int dim = 1)
    {
        Dim = dim;
    }

    /// <summary>The dimension whose values sum to one, where 1 holds the classes and -1 is the last: a whole number. Default: 1.</summary>
    public int Dim { get; }
}
