using ModelGen.Training;

namespace ModelGen.Cpu;

/// <summary>
/// Loss, mean absolute error, root of the mean squared error and R² of predicted numbers over many batches. The targets' variance is gathered from means and
/// squared distances, sample by sample (Welford, 1962) and then worker by worker (Chan, Golub and LeVeque, 1979), which stays exact where the
/// targets are large and close together; a sum of squares does not.
/// </summary>
public sealed class RegressionTotals : Totals
{
    private readonly int _targets;

    /// <summary>Starts at zero samples.</summary>
    /// <param name="targets">How many numbers are predicted for a sample: at least 1.</param>
    /// <param name="workers">How many will add: at least 1.</param>
    public RegressionTotals(int targets, int workers)
        : base(sums: 4 * targets, workers)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(targets, 1);
        _targets = targets;
    }

    /// <summary>Adds a sample to a worker's.</summary>
    /// <param name="worker">The worker's number, from 0.</param>
    /// <param name="loss">The sample's loss, undivided.</param>
    /// <param name="output">What the network gave: <c>[targets]</c>.</param>
    /// <param name="target">What is right: <c>[targets]</c>.</param>
    public void Add(int worker, double loss, ReadOnlySpan<float> output, ReadOnlySpan<float> target)
    {
        var own = Count(worker, loss, out var samples);
        for (var i = 0; i < _targets; i++)
        {
            ref var mean = ref own[(2 * _targets) + i];
            var error = (double)output[i] - target[i];
            own[i] += Math.Abs(error);
            own[_targets + i] += error * error;
            var shift = target[i] - mean;
            mean += shift / samples;
            own[(3 * _targets) + i] += shift * (target[i] - mean);
        }
    }

    /// <inheritdoc/>
    private protected override void Merge(Span<double> sums, int before, ReadOnlySpan<double> part, int count)
    {
        var (mean, spread) = (2 * _targets, 3 * _targets);
        for (var i = 0; i < _targets; i++)
        {
            // The errors, absolute and squared.
            sums[i] += part[i];
            sums[_targets + i] += part[_targets + i];

            // The targets' mean, and their squared distances from it, summed.
            var shift = part[mean + i] - sums[mean + i];
            var total = (double)before + count;
            sums[spread + i] += part[spread + i] + (shift * shift * (before * (count / total)));
            sums[mean + i] += shift * (count / total);
        }
    }

    /// <inheritdoc/>
    private protected override Scores With(Scores scores, ReadOnlySpan<double> own) => RegressionScores.With(scores, own);
}
