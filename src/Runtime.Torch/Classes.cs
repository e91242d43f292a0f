using TorchSharp;
using static TorchSharp.torch;

namespace ModelGen.Torch;

/// <summary>A classifier's answers, and what its classes count.</summary>
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

    /// <summary>What an image of each class counts in a loss: float32 <c>[classes]</c>. It is the caller's.</summary>
    /// <param name="device">Where the loss is computed.</param>
    /// <param name="weights">One number above 0 for each class, in the order of the labels.</param>
    public static Tensor Weights(Device device, params float[] weights)
    {
        using var outermost = NewDisposeScope();
        return torch.tensor(weights, device: device).DetachFromDisposeScope();
    }
}
