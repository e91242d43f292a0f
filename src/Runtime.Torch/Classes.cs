using static TorchSharp.torch;

namespace ModelGen.Torch;

/// <summary>Reads a classifier's answers.</summary>
public static class Classes
{
    /// <summary>The most likely class of one sample, and its probability. Waits for the device.</summary>
    /// <param name="probabilities"><c>[1, classes]</c>, 0 to 1.</param>
    public static (int Class, double Probability) MostLikely(Tensor probabilities)
    {
        ArgumentNullException.ThrowIfNull(probabilities);
        using var scope = NewDisposeScope();
        var (highest, index) = probabilities.max(1);
        return ((int)index.item<long>(), highest.item<float>());
    }
}
