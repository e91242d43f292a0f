using ModelGen.Training.Metrics;
using TorchSharp;
using static TorchSharp.torch;

namespace ModelGen.Torch;

/// <summary>
/// The errors of predicted numbers over many batches, summed on the device in double precision: only <see cref="Read"/> waits. The targets'
/// variance is merged batch by batch from means and squared distances, which stays exact where the targets are large and close together (Chan,
/// Golub and LeVeque, 1979); a sum of squares does not.
/// </summary>
public sealed class RegressionTotals : IDisposable
{
    private readonly Tensor _absolute; // [targets]: the absolute errors, summed
    private readonly Tensor _squared; // [targets]: the squared errors, summed
    private readonly Tensor _mean; // [targets]: of the targets
    private readonly Tensor _spread; // [targets]: the squared distances of the targets from their mean, summed

    /// <summary>Starts at zero samples.</summary>
    /// <param name="targets">How many numbers are predicted for a sample: at least 1.</param>
    /// <param name="device">The device of the tensors that will be added.</param>
    public RegressionTotals(int targets, Device device)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(targets, 1);
        using var outermost = NewDisposeScope();
        (_absolute, _squared, _mean, _spread) = (Zeros(), Zeros(), Zeros(), Zeros());

        Tensor Zeros() => torch.zeros(targets, ScalarType.Float64, device).DetachFromDisposeScope();
    }

    /// <summary>The samples added so far.</summary>
    public int Samples { get; private set; }

    /// <summary>Adds a batch. It records no gradient and keeps none of the tensors.</summary>
    /// <param name="output">What was predicted: <c>[N, targets]</c>, or <c>[N]</c> for one target.</param>
    /// <param name="target">What is right, in the same shape.</param>
    /// <exception cref="ArgumentException">The shapes differ, or are no rows of the targets.</exception>
    public void Add(Tensor output, Tensor target)
    {
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(target);
        var targets = _mean.shape[0];
        // Broadcasting [N] against [N, 1] would compare each sample with all others.
        if (!output.shape.SequenceEqual(target.shape) || output.shape[0] * targets != output.NumberOfElements)
        {
            throw new ArgumentException(
                $"[{string.Join(", ", output.shape)}] and [{string.Join(", ", target.shape)}] are not two equal batches of {targets} targets.", nameof(target));
        }

        var count = checked((int)target.shape[0]);
        if (count == 0)
            return;

        using var noGrad = torch.no_grad();
        using var scope = NewDisposeScope();
        var right = target.reshape(count, targets).to(ScalarType.Float64);
        var error = output.reshape(count, targets).to(ScalarType.Float64) - right;
        // The dimension is a list: a plain 0 is taken for the element type uint8.
        _absolute.add_(error.abs().sum([0]));
        _squared.add_(error.square().sum([0]));

        var mean = right.mean([0]);
        var shift = mean - _mean;
        var total = Samples + count;
        using var share = ((double)count / total).ToScalar();
        using var weight = ((double)Samples * count / total).ToScalar();
        _spread.add_((right - mean).square().sum([0])).add_(shift.square().mul_(weight));
        _mean.add_(shift.mul_(share));
        Samples = total;
    }

    /// <summary>The scores over everything added. Waits for the device.</summary>
    /// <exception cref="InvalidOperationException">Nothing was added.</exception>
    public RegressionScores Read()
    {
        if (Samples == 0)
            throw new InvalidOperationException("There are no scores before the first batch.");
        using var scope = NewDisposeScope();
        var (absolute, squared, spread) = (Values(_absolute), Values(_squared), Values(_spread));
        var values = (double)Samples * absolute.Length;
        return new RegressionScores(absolute.Sum() / values, Math.Sqrt(squared.Sum() / values), squared.Zip(spread, R2).Average(), Samples);
    }

    /// <summary>Frees the sums.</summary>
    public void Dispose()
    {
        _absolute.Dispose();
        _squared.Dispose();
        _mean.Dispose();
        _spread.Dispose();
    }

    private static double R2(double squared, double spread) => spread == 0 ? (squared == 0 ? 1 : 0) : 1 - (squared / spread);

    private static double[] Values(Tensor tensor) => tensor.cpu().data<double>().ToArray();
}
