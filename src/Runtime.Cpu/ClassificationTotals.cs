using ModelGen.Training;

namespace ModelGen.Cpu;

/// <summary>Loss and accuracy over many batches of samples that have one class each.</summary>
/// <param name="workers">How many will add: at least 1.</param>
/// <param name="topK">Also counts the samples whose class is among so many highest scores: at least 1, where there are fewer classes all of them; 0 for not.</param>
/// <param name="isWeighted">Whether the classes have weights: the loss of all samples is then divided by the sum of theirs, as each batch's is.</param>
public sealed class ClassificationTotals(int workers, int topK = 0, bool isWeighted = false) : Totals(sums: topK > 0 ? 2 : 1, workers, isWeighted)
{
    /// <summary>Adds a sample to a worker's.</summary>
    /// <param name="worker">The worker's number, from 0.</param>
    /// <param name="loss">The sample's loss, undivided.</param>
    /// <param name="output">What the network gave: <c>[classes]</c>.</param>
    /// <param name="label">The right class. Of equal scores the first is the higher one.</param>
    public void Add(int worker, double loss, ReadOnlySpan<float> output, int label)
    {
        var own = Count(worker, loss, out _);
        var higher = 0;
        for (var c = 0; c < output.Length; c++)
        {
            // Not "greater": what is no number is not below a score either, and a network that gives none is never right.
            if (c != label && (c < label ? !(output[c] < output[label]) : !(output[c] <= output[label])))
                higher++;
        }

        if (higher == 0)
            own[0]++;
        if (higher < topK)
            own[1]++;
    }

    /// <inheritdoc/>
    private protected override Scores With(Scores scores, ReadOnlySpan<double> own) => scores with
    {
        Accuracy = own[0] / scores.Images,
        TopK = topK > 0 ? own[1] / scores.Images : null,
    };
}
