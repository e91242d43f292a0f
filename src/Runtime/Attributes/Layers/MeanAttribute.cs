// Derived from src/Generator/Layers/Mean.cs by a test; change it there and run the tests with MODELGEN_UPDATE=1.
namespace ModelGen;

/// <summary>The average over the dimensions dim: [N, L, F] to [N, F] for dim 1.</summary>
public sealed class MeanAttribute : LayerAttribute
{
    /// <summary>Declares the layer.</summary>
    /// <param name="dim">The dimensions to reduce, where 1 holds the channels and -1 is the last: a list of one or more whole numbers.</param>
    public MeanAttribute(params int[] dim)
    {
        Dim = dim;
    }

    /// <summary>The dimensions to reduce, where 1 holds the channels and -1 is the last: a list of one or more whole numbers.</summary>
    public IReadOnlyList<int> Dim { get; }

    /// <summary>Keeps the reduced dimensions, with size 1: true or false. Default: false.</summary>
    public bool Keepdim { get; set; }
}
