using System.Diagnostics;

namespace ModelGen.Cpu.Kernels;

/// <summary>The settings of <see cref="CrossEntropy{T}"/>.</summary>
public interface ICrossEntropy : INll
{
    /// <summary>The share of each label that is spread over all classes: 0 to below 1.</summary>
    public static abstract double LabelSmoothing { get; }
}

/// <summary>
/// log_softmax and negative log likelihood in one, PyTorch's <c>cross_entropy</c>. With smoothing s of C classes, class c counts
/// <c>a[c] = s / C * weight[c]</c>, and the label's <c>(1 - s) * weight[label]</c> more; the loss is the sum of <c>-a[c] * log_softmax(output)[c]</c>.
/// </summary>
/// <typeparam name="T">The settings.</typeparam>
public static class CrossEntropy<T>
    where T : struct, ICrossEntropy
{
    /// <summary>What PyTorch's mean of a batch divides by: the sum of its labels' weights, smoothed or not.</summary>
    /// <param name="labels">The classes of the batch.</param>
    public static double Divisor(ReadOnlySpan<int> labels) => Nll<T>.Divisor(labels);

    /// <summary>A sample's loss, undivided.</summary>
    /// <param name="output">What the network gave: <c>[classes]</c>.</param>
    /// <param name="label">The right class.</param>
    public static double Value(ReadOnlySpan<float> output, int label)
    {
        var logarithm = LogSumExp(output);
        var loss = OfLabel(label) * (logarithm - output[label]);
        if (T.LabelSmoothing == 0)
            return loss;
        for (var c = 0; c < output.Length; c++)
            loss += OfAny(c, output.Length) * (logarithm - output[c]);
        return loss;
    }

    /// <summary>The gradient of the batch's mean loss: <c>(sum of a) * softmax(output) - a</c>, divided.</summary>
    /// <param name="output">What the network gave for a sample: <c>[classes]</c>.</param>
    /// <param name="label">The right class.</param>
    /// <param name="divisor"><see cref="Divisor"/>, times the batches whose mean is wanted.</param>
    /// <param name="gradient">The gradient, <c>[classes]</c>; it is written over.</param>
    public static void Gradient(ReadOnlySpan<float> output, int label, double divisor, Span<float> gradient)
    {
        Debug.Assert(output.Length == gradient.Length, "As many outputs as gradients.");
        var logarithm = LogSumExp(output);
        var all = OfLabel(label);
        if (T.LabelSmoothing > 0)
        {
            for (var c = 0; c < output.Length; c++)
                all += OfAny(c, output.Length);
        }

        // In double: of a class that the network is sure of, little is left of the difference.
        for (var c = 0; c < output.Length; c++)
        {
            var own = (T.LabelSmoothing > 0 ? OfAny(c, output.Length) : 0) + (c == label ? OfLabel(label) : 0);
            gradient[c] = (float)(((all * Math.Exp(output[c] - logarithm)) - own) / divisor);
        }
    }

    private static double OfLabel(int label) => (1 - T.LabelSmoothing) * Weight(label);

    private static double OfAny(int c, int classes) => T.LabelSmoothing / classes * Weight(c);

    private static double Weight(int c) => T.ClassWeights.IsEmpty ? 1 : T.ClassWeights[c];

    private static double LogSumExp(ReadOnlySpan<float> output)
    {
        var highest = float.NegativeInfinity;
        foreach (var value in output)
            highest = Math.Max(highest, value);
        var sum = 0.0;
        foreach (var value in output)
            sum += Math.Exp((double)value - highest);
        return highest + Math.Log(sum);
    }
}
