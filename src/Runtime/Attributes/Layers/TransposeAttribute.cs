// Derived from src/Generator/Layers/Transpose.cs by a test; change it there and run the tests with MODELGEN_UPDATE=1.
namespace ModelGen;

/// <summary>Two dimensions change places: [N, L, F] to [N, F, L] for 1 and 2.</summary>
public sealed class TransposeAttribute : LayerAttribute
{
    /// <summary>Declares the layer.</summary>
    /// <param name="dim0">The one dimension, where 1 holds the channels and -1 is the last: a whole number.</param>
    /// <param name="dim1">The other dimension: a whole number.</param>
    public TransposeAttribute(int dim0, int dim1)
    {
        Dim0 = dim0;
        Dim1 = dim1;
    }

    /// <summary>The one dimension, where 1 holds the channels and -1 is the last: a whole number.</summary>
    public int Dim0 { get; }

    /// <summary>The other dimension: a whole number.</summary>
    public int Dim1 { get; }
}
