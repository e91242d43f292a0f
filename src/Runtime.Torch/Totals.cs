using ModelGen.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace ModelGen.Torch;

/// <summary>
/// The loss and the scores of one kind of task over many batches, summed on the device in double precision: adding a batch queues small operations
/// and never waits for one, so the device keeps computing; only <see cref="Read"/> waits. All sums are one vector, which is what a checkpoint holds.
/// </summary>
public abstract class Totals : IRunningScores, IDisposable
{
    private readonly Tensor _sums; // float64: the loss summed over samples, then the task's own, then what weighted samples weigh
    private readonly Tensor _loss; // a view of the first
    private readonly Tensor? _classWeights;
    private readonly Tensor? _weight; // a view of the last
    private Scalar? _batch; // the size of the last batch as libtorch takes it; all batches but the last are as large
    private int _batchSize;

    /// <summary>Starts at zero samples.</summary>
    /// <param name="sums">How many sums the task has beside the loss's.</param>
    /// <param name="device">The device of the tensors that will be added.</param>
    /// <param name="classWeights">What a sample of each class counts in a batch's mean loss, so that batches of one size do not weigh the same; null where all count the same.</param>
    private protected Totals(int sums, Device device, Tensor? classWeights = null)
    {
        using var outermost = NewDisposeScope();
        _classWeights = classWeights;
        _sums = torch.zeros(1 + sums + (classWeights is null ? 0 : 1), ScalarType.Float64, device).DetachFromDisposeScope();
        _weight = classWeights is null ? null : _sums.select(0, 1 + sums).DetachFromDisposeScope();
        _loss = _sums.select(0, 0).DetachFromDisposeScope();
        Own = _sums.narrow(0, 1, sums).DetachFromDisposeScope();
    }

    /// <summary>The samples added so far.</summary>
    public int Images { get; private set; }

    /// <summary>The task's own sums: a view.</summary>
    private protected Tensor Own { get; }

    /// <summary>Adds a batch. It records no gradient and keeps none of the tensors.</summary>
    /// <param name="meanLoss">The batch's mean loss, as the loss divides it: <c>[]</c>.</param>
    /// <param name="output">What the network gave: <c>[N, classes]</c> or <c>[N, targets]</c>.</param>
    /// <param name="right">What is right: int64 <c>[N]</c> for classes, else in the output's shape.</param>
    /// <exception cref="ArgumentException">The shapes don't go together.</exception>
    public void Add(Tensor meanLoss, Tensor output, Tensor right)
    {
        ArgumentNullException.ThrowIfNull(meanLoss);
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(right);
        var count = checked((int)right.size(0));
        if (count == 0)
            return;
        using var noGrad = torch.no_grad();
        AddOwn(output, right);
        if (_classWeights is null)
        {
            _loss.add_(meanLoss, Size(count));
        }
        else
        {
            using var weights = _classWeights.index_select(0, right);
            using var weight = weights.sum(ScalarType.Float64);
            using var loss = meanLoss.mul(weight);
            _loss.add_(loss);
            _weight!.add_(weight);
        }

        Images += count;
    }

    /// <summary>The scores over everything added. Waits for the device, once.</summary>
    /// <exception cref="InvalidOperationException">Nothing was added.</exception>
    public Scores Read()
    {
        if (Images == 0)
            throw new InvalidOperationException("There are no scores before the first batch.");
        var sums = Sums();
        return With(new Scores(sums[0] / (_classWeights is null ? Images : sums[^2]), null, Images), sums.AsSpan(1, (int)Own.size(0)));
    }

    /// <summary>Starts again at zero samples.</summary>
    public void Reset()
    {
        using var noGrad = torch.no_grad();
        using var scope = NewDisposeScope();
        _sums.zero_();
        Images = 0;
    }

    /// <summary>All sums, and the samples behind them. Waits for the device.</summary>
    internal double[] Sums()
    {
        using var scope = NewDisposeScope();
        return [.. _sums.cpu().data<double>(), Images];
    }

    /// <summary>Puts back what <see cref="Sums"/> gave.</summary>
    internal void Restore(ReadOnlySpan<double> sums)
    {
        using var scope = NewDisposeScope();
        using var noGrad = torch.no_grad();
        _sums.copy_(torch.tensor(sums[..^1].ToArray()));
        Images = (int)sums[^1];
    }

    /// <summary>Frees the sums.</summary>
    public void Dispose()
    {
        _batch?.Dispose();
        _weight?.Dispose();
        _loss.Dispose();
        Own.Dispose();
        _sums.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Adds a batch of at least one sample to the task's own sums, without waiting; <see cref="Images"/> are those before it.</summary>
    private protected abstract void AddOwn(Tensor output, Tensor right);

    /// <summary>The scores with the task's own.</summary>
    /// <param name="scores">The loss and the samples, at least one.</param>
    /// <param name="own">The task's own sums.</param>
    private protected abstract Scores With(Scores scores, ReadOnlySpan<double> own);

    private Scalar Size(int count)
    {
        if (_batch is null || _batchSize != count)
        {
            _batch?.Dispose();
            _batch = ((long)count).ToScalar();
            _batchSize = count;
        }

        return _batch;
    }
}
