using System.Diagnostics;

namespace ModelGen.Cpu.Kernels;

/// <summary>
/// Kullback-Leibler divergence, PyTorch's <c>kl_div</c> with <c>reduction="batchmean"</c>: the sum of <c>target (ln(target) - output)</c>, of an output that
/// log_softmax gave. A target of 0 adds nothing.
/// </summary>
public static class KlDiv
{
    /// <summary>What PyTorch's mean of a batch divides by.</summary>
    /// <param name="samples">The samples of the batch.</param>
    public static double Divisor(int samples) => samples;

    /// <summary>A sample's loss, undivided.</summary>
    /// <param name="output">What the network gave: <c>[classes]</c>.</param>
    /// <param name="target">The right probabilities: <c>[classes]</c>, at least 0.</param>
    public static double Value(ReadOnlySpan<float> output, ReadOnlySpan<float> target)
    {
        Debug.Assert(output.Length == target.Length, "As many outputs as targets.");
        var sum = 0.0;
        for (var i = 0; i < output.Length; i++)
            sum += target[i] == 0 ? 0 : target[i] * (Math.Log(target[i]) - output[i]);
        return sum;
    }

    /// <summary>The gradient of the batch's mean loss.</summary>
    /// <param name="output">What the network gave for a sample: <c>[classes]</c>.</param>
    /// <param name="target">The right probabilities: <c>[classes]</c>, at least 0.</param>
    /// <param name="divisor"><see cref="Divisor"/>, times the batches whose mean is wanted.</param>
    /// <param name="gradient">The gradient, <c>[classes]</c>; it is written over.</param>
    public static void Gradient(ReadOnlySpan<float> output, ReadOnlySpan<float> target, double divisor, Span<float> gradient)
    {
        Debug.Assert(output.Length == target.Length && output.Length == gradient.Length, "As many outputs as targets and gradients.");
        for (var i = 0; i < output.Length; i++)
            gradient[i] = (float)(-target[i] / divisor);
    }
}
