// Derived from src/Generator/Layers/Mul.cs by a test; change it there and run the tests with MODELGEN_UPDATE=1.
namespace ModelGen;

/// <summary>The product of what flows in and of earlier outputs, value by value: equal shapes to the same shape; a size of 1 is repeated.</summary>
public sealed class MulAttribute : LayerAttribute
{
    /// <summary>Declares the layer.</summary>
    /// <param name="with">The layers whose outputs what flows in is multiplied with: the name of an earlier layer, or a list of such names.</param>
    public MulAttribute(params string[] with)
    {
        With = with;
    }

    /// <summary>The layers whose outputs what flows in is multiplied with: the name of an earlier layer, or a list of such names.</summary>
    public IReadOnlyList<string> With { get; }
}
