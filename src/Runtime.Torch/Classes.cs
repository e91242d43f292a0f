using static TorchSharp.torch;

namespace ModelGen.Torch;

/// <summary>Reads a classifier's answers.</summary>
public static class Classes
{
    /// <summary>The most likely class of each sample, and its probability. Waits for the device.</summary>
    /// <param name="probabilities"><c>[N, classes]</c>, 0 to 1.</param>
    /// <returns>N classes, and N probabilities.</returns>
    public static (int[] Labels, float[] Probabilities) MostLikely(Tensor probabilities)
    {
        ArgumentNullException.ThrowIfNull(probabilities);
        using var scope = NewDisposeScope();
        var (highest, index) = probabilities.max(1);
        return ([.. index.cpu().data<long>().Select(label => (int)label)], highest.cpu().data<float>().ToArray());
    }
}
