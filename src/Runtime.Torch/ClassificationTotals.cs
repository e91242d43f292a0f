using ModelGen.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace ModelGen.Torch;

/// <summary>
/// Loss and accuracy over many batches, summed on the device: adding a batch queues five small operations and never waits for
/// one, so the device keeps computing; only <see cref="Read"/> waits. The sums are in double precision.
/// </summary>
public sealed class ClassificationTotals : IRunningScores, IDisposable
{
    private readonly Tensor _totals; // [2]: the loss summed over images, and the images whose class was right
    private readonly Tensor _loss; // a view of the first
    private readonly Tensor _correct; // a view of the second
    private Scalar? _batch; // the size of the last batch as libtorch takes it; all batches but the last are as large

    private int _batchSize;

    /// <summary>Starts at zero images.</summary>
    /// <param name="device">The device of the tensors that will be added.</param>
    public ClassificationTotals(Device device)
    {
        using var outermost = NewDisposeScope();
        _totals = torch.zeros(2, ScalarType.Float64, device).DetachFromDisposeScope();
        _loss = _totals.select(0, 0).DetachFromDisposeScope();
        _correct = _totals.select(0, 1).DetachFromDisposeScope();
    }

    /// <summary>The images added so far.</summary>
    public int Images { get; private set; }

    /// <summary>Adds a batch. It records no gradient and keeps none of the tensors.</summary>
    /// <param name="meanLoss">The batch's mean loss per image: <c>[]</c>.</param>
    /// <param name="output">The network's scores, the highest of which is its answer: <c>[N, classes]</c>.</param>
    /// <param name="labels">The right classes: int64 <c>[N]</c>.</param>
    public void Add(Tensor meanLoss, Tensor output, Tensor labels)
    {
        ArgumentNullException.ThrowIfNull(meanLoss);
        ArgumentNullException.ThrowIfNull(output);
        ArgumentNullException.ThrowIfNull(labels);
        var count = checked((int)labels.NumberOfElements);
        using var noGrad = torch.no_grad();
        _loss.add_(meanLoss, Size(count));
        using var answers = output.argmax(1);
        using var right = answers.eq(labels);
        using var correct = right.sum();
        _correct.add_(correct);
        Images += count;
    }

    /// <summary>The scores over everything added. Waits for the device, once.</summary>
    /// <exception cref="InvalidOperationException">Nothing was added.</exception>
    public Scores Read()
    {
        if (Images == 0)
            throw new InvalidOperationException("There are no scores before the first batch.");
        using var scope = NewDisposeScope();
        var totals = _totals.cpu().data<double>();
        return new Scores(totals[0] / Images, totals[1] / Images, Images);
    }

    /// <summary>Starts again at zero images.</summary>
    public void Reset() => Restore([0, 0, 0]);

    /// <summary>The loss summed over images, the images whose class was right, and the images. Waits for the device.</summary>
    internal double[] Sums()
    {
        using var scope = NewDisposeScope();
        return [.. _totals.cpu().data<double>(), Images];
    }

    /// <summary>Puts back what <see cref="Sums"/> gave.</summary>
    internal void Restore(ReadOnlySpan<double> sums)
    {
        using var scope = NewDisposeScope();
        using var noGrad = torch.no_grad();
        _totals.copy_(torch.tensor(new[] { sums[0], sums[1] }));
        Images = (int)sums[2];
    }

    /// <summary>Frees the sums.</summary>
    public void Dispose()
    {
        _batch?.Dispose();
        _loss.Dispose();
        _correct.Dispose();
        _totals.Dispose();
    }

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
