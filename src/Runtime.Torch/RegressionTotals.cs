using ModelGen.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace ModelGen.Torch;

/// <summary>
/// Loss, mean absolute error, root of the mean squared error and R² of predicted numbers over many batches. The targets'
/// variance is merged batch by batch from means and squared distances, which stays exact where the targets are large and close together (Chan,
/// Golub and LeVeque, 1979); a sum of squares does not.
/// </summary>
public sealed class RegressionTotals : Totals
{
    private readonly int _targets;

    /// <summary>Starts at zero samples.</summary>
    /// <param name="targets">How many numbers are predicted for a sample: at least 1.</param>
    /// <param name="device">The device of the tensors that will be added.</param>
    public RegressionTotals(int targets, Device device)
        : base(sums: 4 * targets, device)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(targets, 1);
        _targets = targets;
    }

    /// <inheritdoc/>
    private protected override void AddOwn(Tensor output, Tensor right)
    {
        // Broadcasting [N] against [N, 1] would compare each sample with all others.
        if (!output.shape.SequenceEqual(right.shape) || output.shape[0] * _targets != output.NumberOfElements)
        {
            throw new ArgumentException(
                $"[{string.Join(", ", output.shape)}] and [{string.Join(", ", right.shape)}] are not two equal batches of {_targets} targets.", nameof(right));
        }

        using var scope = NewDisposeScope();
        var count = (int)right.shape[0];
        var sums = Own.reshape(4, _targets);
        // The errors, absolute and squared; the targets' mean, and their squared distances from it, summed.
        var (absolute, squared, mean, spread) = (sums.select(0, 0), sums.select(0, 1), sums.select(0, 2), sums.select(0, 3));
        var target = right.reshape(count, _targets).to(ScalarType.Float64);
        var error = output.reshape(count, _targets).to(ScalarType.Float64) - target;
        // The dimension is a list: a plain 0 is taken for the element type uint8.
        absolute.add_(error.abs().sum([0]));
        squared.add_(error.square().sum([0]));

        var batchMean = target.mean([0]);
        var shift = batchMean - mean;
        var total = Images + count;
        using var share = ((double)count / total).ToScalar();
        using var weight = ((double)Images * count / total).ToScalar();
        spread.add_((target - batchMean).square().sum([0])).add_(shift.square().mul_(weight));
        mean.add_(shift.mul_(share));
    }

    /// <inheritdoc/>
    private protected override Scores With(Scores scores, ReadOnlySpan<double> own) => RegressionScores.With(scores, own);
}
