using System.Diagnostics;

namespace ModelGen.Cpu.Kernels;

/// <summary>The settings of <see cref="Nll{T}"/>.</summary>
public interface INll
{
    /// <summary>How much an image of each class counts; empty where all count the same.</summary>
    public static abstract ReadOnlySpan<float> ClassWeights { get; }
}

/// <summary>Negative log likelihood, PyTorch's <c>nll_loss</c>: <c>-output[label]</c>, of an output that log_softmax gave.</summary>
/// <typeparam name="T">The settings.</typeparam>
public static class Nll<T>
    where T : struct, INll
{
    /// <summary>What PyTorch's mean of a batch divides by: the sum of its labels' weights.</summary>
    /// <param name="labels">The classes of the batch.</param>
    public static double Divisor(ReadOnlySpan<int> labels)
    {
        if (T.ClassWeights.IsEmpty)
            return labels.Length;
        var sum = 0.0;
        foreach (var label in labels)
            sum += T.ClassWeights[label];
        return sum;
    }

    /// <summary>A sample's loss, undivided.</summary>
    /// <param name="output">What the network gave: <c>[classes]</c>.</param>
    /// <param name="label">The right class.</param>
    public static double Value(ReadOnlySpan<float> output, int label) => -Weight(label) * output[label];

    /// <summary>The gradient of the batch's mean loss.</summary>
    /// <param name="output">What the network gave for a sample: <c>[classes]</c>.</param>
    /// <param name="label">The right class.</param>
    /// <param name="divisor"><see cref="Divisor"/>, times the batches whose mean is wanted.</param>
    /// <param name="gradient">The gradient, <c>[classes]</c>; it is written over.</param>
    public static void Gradient(ReadOnlySpan<float> output, int label, double divisor, Span<float> gradient)
    {
        Debug.Assert(output.Length == gradient.Length, "As many outputs as gradients.");
        gradient.Clear();
        gradient[label] = (float)(-Weight(label) / divisor);
    }

    private static double Weight(int label) => T.ClassWeights.IsEmpty ? 1 : T.ClassWeights[label];
}
