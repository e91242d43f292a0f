using ModelGen.Training;

namespace ModelGen.Cpu;

/// <summary>The loss alone over many batches, where nothing else says more.</summary>
/// <param name="workers">How many will add: at least 1.</param>
public sealed class LossTotals(int workers) : Totals(sums: 0, workers)
{
    /// <summary>Adds a sample to a worker's.</summary>
    /// <param name="worker">The worker's number, from 0.</param>
    /// <param name="loss">The sample's loss, undivided.</param>
    public void Add(int worker, double loss) => Count(worker, loss, out _);

    /// <inheritdoc/>
    private protected override Scores With(Scores scores, ReadOnlySpan<double> own) => scores;
}
