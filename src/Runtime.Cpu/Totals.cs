using ModelGen.Training;

namespace ModelGen.Cpu;

/// <summary>
/// The loss and the scores of one kind of task over many batches, summed in double precision. Each worker adds its samples to sums of its own, and what a
/// batch gave is added in the workers' order: for a number of workers the scores are the same to the bit. The sums are those that a checkpoint
/// of the other backend holds.
/// </summary>
public abstract class Totals : IRunningScores
{
    private const int Line = 8; // doubles in a cache line, so that no two workers write to one
    private const int Head = 2; // of a worker's sums: its loss, and its samples

    private readonly double[] _sums; // the loss summed over samples, then the task's own, then what weighted samples weigh
    private readonly int _own; // how many the task's are
    private readonly bool _isWeighted;
    private readonly double[] _parts; // what the workers have of this batch, one behind the other
    private readonly int _stride;
    private readonly int _workers;

    /// <summary>Starts at zero samples.</summary>
    /// <param name="sums">How many sums the task has beside the loss's.</param>
    /// <param name="workers">How many will add: at least 1.</param>
    /// <param name="isWeighted">Whether samples weigh differently in a batch's mean loss, so that batches of one size do.</param>
    private protected Totals(int sums, int workers, bool isWeighted = false)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(workers, 1);
        _workers = workers;
        (_own, _isWeighted) = (sums, isWeighted);
        _sums = new double[1 + sums + (isWeighted ? 1 : 0)];
        _stride = ((Head + sums + Line - 1) / Line * Line) + Line;
        _parts = new double[_stride * workers];
    }

    /// <summary>The samples of the batches that have ended.</summary>
    public int Images { get; private set; }

    /// <summary>Adds what all workers have of a batch, in their order.</summary>
    /// <param name="divisor">What the batch's mean loss is divided by: <c>Divisor</c> of the loss.</param>
    /// <returns>The batch's mean loss.</returns>
    public double EndBatch(double divisor)
    {
        var (loss, samples) = (0.0, 0);
        for (var worker = 0; worker < _workers; worker++)
        {
            var part = Part(worker);
            loss += part[0];
            var count = (int)part[1];
            if (count > 0)
                Merge(_sums.AsSpan(1, _own), Images + samples, part[Head..], count);
            samples += count;
            part.Clear();
        }

        if (_isWeighted)
        {
            _sums[0] += loss;
            _sums[^1] += divisor;
        }
        else
        {
            _sums[0] += samples == 0 ? 0 : loss / divisor * samples;
        }

        Images += samples;
        return loss / divisor;
    }

    /// <summary>The scores over all batches that have ended.</summary>
    /// <exception cref="InvalidOperationException">Nothing was added.</exception>
    public Scores Read() => Images == 0
        ? throw new InvalidOperationException("There are no scores before the first batch.")
        : With(new Scores(_sums[0] / (_isWeighted ? _sums[^1] : Images), null, Images), _sums.AsSpan(1, _own));

    /// <summary>Starts again at zero samples.</summary>
    public void Reset()
    {
        Array.Clear(_sums);
        Array.Clear(_parts);
        Images = 0;
    }

    /// <summary>All sums, and the samples behind them.</summary>
    internal double[] Sums() => [.. _sums, Images];

    /// <summary>Puts back what <see cref="Sums"/> gave.</summary>
    internal void Restore(ReadOnlySpan<double> sums)
    {
        sums[..^1].CopyTo(_sums);
        Images = (int)sums[^1];
    }

    /// <summary>Counts a sample of a worker's, and gives the worker's own sums.</summary>
    /// <param name="worker">The worker's number, from 0.</param>
    /// <param name="loss">The sample's loss, undivided.</param>
    /// <param name="samples">The worker's samples of this batch, with this one.</param>
    private protected Span<double> Count(int worker, double loss, out int samples)
    {
        var part = Part(worker);
        part[0] += loss;
        part[1]++;
        samples = (int)part[1];
        return part[Head..];
    }

    /// <summary>Adds a worker's sums to those of all samples before.</summary>
    /// <param name="sums">The task's own sums.</param>
    /// <param name="before">The samples in them.</param>
    /// <param name="part">The worker's.</param>
    /// <param name="count">The samples in those: at least 1.</param>
    private protected virtual void Merge(Span<double> sums, int before, ReadOnlySpan<double> part, int count)
    {
        for (var i = 0; i < sums.Length; i++)
            sums[i] += part[i];
    }

    /// <summary>The scores with the task's own.</summary>
    /// <param name="scores">The loss and the samples, at least one.</param>
    /// <param name="own">The task's own sums.</param>
    private protected abstract Scores With(Scores scores, ReadOnlySpan<double> own);

    private Span<double> Part(int worker) => _parts.AsSpan(worker * _stride, Head + _own);
}
