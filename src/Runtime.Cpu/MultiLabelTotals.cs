using ModelGen.Training;

namespace ModelGen.Cpu;

/// <summary>
/// Loss and accuracy over many batches of samples for each of which any number of labels hold. The accuracy is the share of all answers, one for
/// each sample and label, that are right when a probability of at least 0.5 means yes.
/// </summary>
/// <param name="labels">How many labels there are: at least 1.</param>
/// <param name="threshold">The output that stands for a probability of 0.5: 0.5 where outputs are probabilities, 0 where a sigmoid makes them such.</param>
/// <param name="workers">How many will add: at least 1.</param>
public sealed class MultiLabelTotals(int labels, double threshold, int workers) : Totals(sums: 1, workers)
{
    /// <summary>Adds a sample to a worker's.</summary>
    /// <param name="worker">The worker's number, from 0.</param>
    /// <param name="loss">The sample's loss, undivided.</param>
    /// <param name="output">What the network gave: <c>[labels]</c>.</param>
    /// <param name="target">Whether each label holds, from 0.5 on: <c>[labels]</c>.</param>
    public void Add(int worker, double loss, ReadOnlySpan<float> output, ReadOnlySpan<float> target)
    {
        var own = Count(worker, loss, out _);
        for (var i = 0; i < labels; i++)
        {
            if (output[i] >= threshold == target[i] >= 0.5f)
                own[0]++;
        }
    }

    /// <inheritdoc/>
    private protected override Scores With(Scores scores, ReadOnlySpan<double> own) => scores with { Accuracy = own[0] / ((double)scores.Images * labels) };
}
