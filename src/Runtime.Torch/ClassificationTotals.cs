using ModelGen.Training;
using static TorchSharp.torch;

namespace ModelGen.Torch;

/// <summary>Loss and accuracy over many batches of samples that have one class each.</summary>
/// <param name="device">The device of the tensors that will be added.</param>
public sealed class ClassificationTotals(Device device) : Totals(sums: 1, device)
{
    /// <inheritdoc/>
    private protected override void AddOwn(Tensor output, Tensor right)
    {
        using var answers = output.argmax(1);
        using var hits = answers.eq(right);
        using var correct = hits.sum();
        Own.add_(correct);
    }

    /// <inheritdoc/>
    private protected override Scores With(Scores scores, ReadOnlySpan<double> own) => scores with { Accuracy = own[0] / scores.Images };
}
