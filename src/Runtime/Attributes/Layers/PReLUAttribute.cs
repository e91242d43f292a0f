// Derived from src/Generator/Layers/PReLU.cs by a test; change it there and run the tests with MODELGEN_UPDATE=1.
namespace ModelGen;

/// <summary>Rectified linear unit with a trained slope below zero, max(x, 0) + weight min(x, 0): [N, C, …] to the same shape.</summary>
public sealed class PReLUAttribute : LayerAttribute
{
    /// <summary>Declares the layer.</summary>
    /// <param name="numParameters">The number of slopes: 1 for all values, or one for each channel: a whole number of at least 1. Default: 1.</param>
    public PReLUAttribute(int numParameters = 1)
    {
        NumParameters = numParameters;
    }

    /// <summary>The number of slopes: 1 for all values, or one for each channel: a whole number of at least 1. Default: 1.</summary>
    public int NumParameters { get; }

    /// <summary>The slopes before training: a number. Default: 0.25.</summary>
    public double Init { get; set; } = 0.25;
}
