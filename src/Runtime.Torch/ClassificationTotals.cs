using ModelGen.Training;
using static TorchSharp.torch;

namespace ModelGen.Torch;

/// <summary>Loss and accuracy over many batches of samples that have one class each.</summary>
/// <param name="device">The device of the tensors that will be added.</param>
/// <param name="topK">Also counts the samples whose class is among so many highest scores: at least 1, where there are fewer classes all of them; 0 for not.</param>
/// <param name="classWeights">
/// What a sample of each class counts in the mean loss of a batch, <c>[classes]</c>, which stays the caller's: the loss of all samples is then divided by the
/// sum of theirs, as each batch's is. Null where all count the same.
/// </param>
public sealed class ClassificationTotals(Device device, int topK = 0, Tensor? classWeights = null) : Totals(sums: topK > 0 ? 2 : 1, device, classWeights)
{
    /// <inheritdoc/>
    private protected override void AddOwn(Tensor output, Tensor right)
    {
        using var answers = output.argmax(1);
        using var hits = answers.eq(right);
        using var correct = hits.sum();
        if (topK == 0)
        {
            Own.add_(correct);
            return;
        }

        using var scope = NewDisposeScope();
        var (_, highest) = output.topk((int)Math.Min(topK, output.shape[1]), 1);
        Own.add_(stack([correct, highest.eq(right.unsqueeze(1)).sum()]));
    }

    /// <inheritdoc/>
    private protected override Scores With(Scores scores, ReadOnlySpan<double> own) => scores with
    {
        Accuracy = own[0] / scores.Images,
        TopK = topK > 0 ? own[1] / scores.Images : null,
    };
}
