// Derived from src/Generator/Layers/Pad.cs by a test; change it there and run the tests with MODELGEN_UPDATE=1.
namespace ModelGen;

/// <summary>Adds values at the ends of the last dimensions: [N, C, H, W] to [N, C, top + H + bottom, left + W + right].</summary>
public sealed class PadAttribute : LayerAttribute
{
    /// <summary>Declares the layer.</summary>
    /// <param name="padding">How many values are added before and behind, for each dimension from the last one on: [left, right, top, bottom]; one number is for all sides of a signal, an image or a volume: a list of one or more whole numbers of at least 0.</param>
    public PadAttribute(params int[] padding)
    {
        Padding = padding;
    }

    /// <summary>How many values are added before and behind, for each dimension from the last one on: [left, right, top, bottom]; one number is for all sides of a signal, an image or a volume: a list of one or more whole numbers of at least 0.</summary>
    public IReadOnlyList<int> Padding { get; }

    /// <summary>What the added values are: value, those beside the edge mirrored, the edge's own, or those of the other end: one of 'constant', 'reflect', 'replicate', 'circular'. Default: constant.</summary>
    public string Mode { get; set; } = "constant";

    /// <summary>The added values with mode 'constant': a number. Default: 0.0.</summary>
    public double Value { get; set; }
}
