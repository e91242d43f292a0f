// Derived from src/Generator/Layers/Permute.cs by a test; change it there and run the tests with MODELGEN_UPDATE=1.
namespace ModelGen;

/// <summary>The dimensions behind the batch in another order: [N, C, H, W] to [N, H, W, C] for [2, 3, 1].</summary>
public sealed class PermuteAttribute : LayerAttribute
{
    /// <summary>Declares the layer.</summary>
    /// <param name="dims">The input's dimensions behind the batch in their new order; 1 holds the channels, -1 is the last: a list of one or more whole numbers.</param>
    public PermuteAttribute(params int[] dims)
    {
        Dims = dims;
    }

    /// <summary>The input's dimensions behind the batch in their new order; 1 holds the channels, -1 is the last: a list of one or more whole numbers.</summary>
    public IReadOnlyList<int> Dims { get; }
}
