// Derived from src/Generator/Layers/Select.cs by a test; change it there and run the tests with MODELGEN_UPDATE=1.
namespace ModelGen;

/// <summary>Keeps one place of a dimension, without the dimension: dim 1 with index 0 takes the first of L steps, [N, L, F] to [N, F].</summary>
public sealed class SelectAttribute : LayerAttribute
{
    /// <summary>Declares the layer.</summary>
    /// <param name="dim">The dimension that goes, counted with the batch as 0: of [N, L, F] 1 is L, and 2 or -1 is F: a whole number.</param>
    /// <param name="index">The place in it that stays, alone: 0 is the first, 1 the second, -1 the last: a whole number.</param>
    public SelectAttribute(int dim, int index)
    {
        Dim = dim;
        Index = index;
    }

    /// <summary>The dimension that goes, counted with the batch as 0: of [N, L, F] 1 is L, and 2 or -1 is F: a whole number.</summary>
    public int Dim { get; }

    /// <summary>The place in it that stays, alone: 0 is the first, 1 the second, -1 the last: a whole number.</summary>
    public int Index { get; }
}
