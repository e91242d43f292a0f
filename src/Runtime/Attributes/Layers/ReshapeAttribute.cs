// Derived from src/Generator/Layers/Reshape.cs by a test; change it there and run the tests with MODELGEN_UPDATE=1.
namespace ModelGen;

/// <summary>The same values, in their order, under other sizes: [N, …] to [N, shape].</summary>
public sealed class ReshapeAttribute : LayerAttribute
{
    /// <summary>Declares the layer.</summary>
    /// <param name="shape">The output's sizes behind the batch; one may be -1, which takes what is left: a list of one or more whole numbers of at least -1.</param>
    public ReshapeAttribute(params int[] shape)
    {
        Shape = shape;
    }

    /// <summary>The output's sizes behind the batch; one may be -1, which takes what is left: a list of one or more whole numbers of at least -1.</summary>
    public IReadOnlyList<int> Shape { get; }
}
