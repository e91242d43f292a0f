// Derived from src/Generator/Layers/Unflatten.cs by a test; change it there and run the tests with MODELGEN_UPDATE=1.
namespace ModelGen;

/// <summary>Splits one dimension into several: [N, C H W] to [N, C, H, W].</summary>
public sealed class UnflattenAttribute : LayerAttribute
{
    /// <summary>Declares the layer.</summary>
    /// <param name="dim">The dimension to split, where 1 holds the channels and -1 is the last: a whole number.</param>
    /// <param name="sizes">The sizes that take its place; one may be -1, which takes what is left: a list of one or more whole numbers of at least -1.</param>
    public UnflattenAttribute(int dim, params int[] sizes)
    {
        Dim = dim;
        Sizes = sizes;
    }

    /// <summary>The dimension to split, where 1 holds the channels and -1 is the last: a whole number.</summary>
    public int Dim { get; }

    /// <summary>The sizes that take its place; one may be -1, which takes what is left: a list of one or more whole numbers of at least -1.</summary>
    public IReadOnlyList<int> Sizes { get; }
}
