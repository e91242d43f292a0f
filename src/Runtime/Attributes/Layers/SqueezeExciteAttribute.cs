// Derived from src/Generator/Layers/SqueezeExcite.cs by a test; change it there and run the tests with MODELGEN_UPDATE=1.
namespace ModelGen;

/// <summary>Scales each channel by gate(fc2(activation(fc1(m)))), where m are the means of all channels, and fc1 and fc2 convolutions of 1x1: [N, C, H, W] to the same shape.</summary>
public sealed class SqueezeExciteAttribute : LayerAttribute
{
    /// <summary>Declares the layer.</summary>
    /// <param name="squeezeChannels">The channels between the two convolutions: a whole number of at least 1.</param>
    public SqueezeExciteAttribute(int squeezeChannels)
    {
        SqueezeChannels = squeezeChannels;
    }

    /// <summary>The channels between the two convolutions: a whole number of at least 1.</summary>
    public int SqueezeChannels { get; }

    /// <summary>What stands between the two convolutions: one of 'relu', 'silu'. Default: relu.</summary>
    public string Activation { get; set; } = "relu";

    /// <summary>What makes the factors: one of 'sigmoid', 'hardsigmoid'. Default: sigmoid.</summary>
    public string Gate { get; set; } = "sigmoid";
}
