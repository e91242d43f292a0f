// Derived from src/Generator/Layers/LocalResponseNorm.cs by a test; change it there and run the tests with MODELGEN_UPDATE=1.
namespace ModelGen;

/// <summary>Local response normalisation, x / (k + alpha mean(x^2))^beta over size neighbouring channels: [N, C, L], [N, C, H, W] and so on to the same shape.</summary>
public sealed class LocalResponseNormAttribute : LayerAttribute
{
    /// <summary>Declares the layer.</summary>
    /// <param name="size">The number of neighbouring channels that each value is divided by: a whole number of at least 1.</param>
    public LocalResponseNormAttribute(int size)
    {
        Size = size;
    }

    /// <summary>The number of neighbouring channels that each value is divided by: a whole number of at least 1.</summary>
    public int Size { get; }

    /// <summary>The factor of the mean square: a number of at least 0. Default: 0.0001.</summary>
    public double Alpha { get; set; } = 0.0001;

    /// <summary>The exponent: a number of at least 0. Default: 0.75.</summary>
    public double Beta { get; set; } = 0.75;

    /// <summary>Added to the mean square: a number of at least 0. Default: 1.0.</summary>
    public double K { get; set; } = 1.0;
}
