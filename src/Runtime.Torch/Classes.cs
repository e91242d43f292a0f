using System.Runtime.InteropServices;
using TorchSharp;
using static TorchSharp.torch;

namespace ModelGen.Torch;

/// <summary>A classifier's answers, and what its classes count.</summary>
public static class Classes
{
    /// <summary>The most likely class of each sample, and its probability. Waits for the device.</summary>
    /// <param name="probabilities"><c>[N, classes]</c>, 0 to 1; of another type than float32 they are rounded to it, and then compared.</param>
    /// <returns>N classes, of equal ones the first, and N probabilities.</returns>
    public static (int[] Labels, float[] Probabilities) MostLikely(Tensor probabilities)
    {
        ArgumentNullException.ThrowIfNull(probabilities);

        // One copy and one wait; at a single image, three calls of libtorch cost more than looking through a thousand numbers.
        using var host = probabilities.to(ScalarType.Float32, CPU);
        using var ordered = host.contiguous();
        var values = MemoryMarshal.Cast<byte, float>(ordered.bytes);
        var (labels, highest) = (new int[probabilities.size(0)], new float[probabilities.size(0)]);
        var classes = values.Length / Math.Max(labels.Length, 1);
        for (var i = 0; i < labels.Length; i++)
        {
            var row = values.Slice(i * classes, classes);
            for (var label = 1; label < row.Length; label++)
            {
                if (row[label] > row[labels[i]])
                    labels[i] = label;
            }

            highest[i] = row[labels[i]];
        }

        return (labels, highest);
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
