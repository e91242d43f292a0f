// Derived from src/Generator/Layers/Select.cs by a test; change it there and run the tests with MODELGEN_UPDATE=1.
namespace ModelGen;

/// <summary>What stands at one place along a dimension: [N, L, F] to [N, F] for dim 1.</summary>
public sealed class SelectAttribute : LayerAttribute
{
    /// <summary>Declares the layer.</summary>
    /// <param name="dim">The dimension that goes, where 1 holds the channels and -1 is the last: a whole number.</param>
    /// <param name="index">The place along it, from 0; -1 is the last: a whole number.</param>
    public SelectAttribute(int dim, int index)
    {
        Dim = dim;
        Index = index;
    }

    /// <summary>The dimension that goes, where 1 holds the channels and -1 is the last: a whole number.</summary>
    public int Dim { get; }

    /// <summary>The place along it, from 0; -1 is the last: a whole number.</summary>
    public int Index { get; }
}
