// Derived from src/Generator/Layers/Concat.cs by a test; change it there and run the tests with MODELGEN_UPDATE=1.
namespace ModelGen;

/// <summary>What flows in and earlier outputs behind each other along dim: [N, C, H, W] and [N, D, H, W] to [N, C + D, H, W].</summary>
public sealed class ConcatAttribute : LayerAttribute
{
    /// <summary>Declares the layer.</summary>
    /// <param name="with">The layers whose outputs stand behind what flows in: the name of an earlier layer, or a list of such names.</param>
    public ConcatAttribute(params string[] with)
    {
        With = with;
    }

    /// <summary>The layers whose outputs stand behind what flows in: the name of an earlier layer, or a list of such names.</summary>
    public IReadOnlyList<string> With { get; }

    /// <summary>The dimension along which they stand, where 1 holds the channels and -1 is the last: a whole number. Default: 1.</summary>
    public int Dim { get; set; } = 1;
}
