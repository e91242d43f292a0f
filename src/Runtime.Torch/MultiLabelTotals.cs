using ModelGen.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace ModelGen.Torch;

/// <summary>
/// Loss and accuracy over many batches of samples for each of which any number of labels hold. The accuracy is the share of all answers, one for
/// each sample and label, that are right when a probability of at least 0.5 means yes.
/// </summary>
/// <param name="labels">How many labels there are: at least 1.</param>
/// <param name="threshold">The output that stands for a probability of 0.5: 0.5 where outputs are probabilities, 0 where a sigmoid makes them such.</param>
/// <param name="device">The device of the tensors that will be added.</param>
public sealed class MultiLabelTotals(int labels, double threshold, Device device) : Totals(sums: 1, device)
{
    /// <inheritdoc/>
    private protected override void AddOwn(Tensor output, Tensor right)
    {
        if (!output.shape.SequenceEqual(right.shape))
            throw new ArgumentException($"[{string.Join(", ", output.shape)}] and [{string.Join(", ", right.shape)}] are not two equal batches.", nameof(right));
        using var half = threshold.ToScalar();
        using var none = 0.5.ToScalar();
        using var answers = output.ge(half);
        using var holds = right.ge(none);
        using var hits = answers.eq(holds);
        using var correct = hits.sum();
        Own.add_(correct);
    }

    /// <inheritdoc/>
    private protected override Scores With(Scores scores, ReadOnlySpan<double> own) => scores with { Accuracy = own[0] / ((double)scores.Images * labels) };
}
