using ModelGen.Data;
using ModelGen.Reporting;
using ModelGen.Training.Checkpoints;

namespace ModelGen.Training;

/// <summary>
/// One epoch as it is told and recorded. The loop calls <see cref="Advance"/> after each batch, <see cref="Trained"/> after the last one, and
/// <see cref="Complete"/> after the evaluation.
/// </summary>
public sealed class EpochProgress
{
    // Ten times a second: faster than that nobody reads, and each time costs a synchronisation with the device.
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly TrainingRun _run;
    private readonly IBatches _source;
    private readonly int _batches;
    private readonly TimeSpan _waitedBefore;
    private readonly long _resumedImages;
    private readonly TimeSpan _resumedTime;
    private readonly long _started;
    private long _told;
    private TimeSpan? _trainingTime;
    private double? _waited;

    internal EpochProgress(TrainingRun run, int epoch, IBatches batches, CheckpointHeader? resumed)
    {
        _run = run;
        Epoch = epoch;
        _source = batches;
        _batches = batches.BatchCount;
        _waitedBefore = batches.Waited;
        BatchesDone = resumed?.Batch ?? 0;
        _resumedImages = resumed?.Images ?? 0;
        _resumedTime = TimeSpan.FromSeconds(resumed?.Seconds ?? 0);
        _started = _told = run.Time.GetTimestamp();
        run.Tell(new BatchTrained(epoch, run.Epochs, BatchesDone, _batches, null, TimeSpan.Zero, 0, null));
    }

    /// <summary>The epoch, from 1.</summary>
    public int Epoch { get; }

    /// <summary>Batches of this epoch that need not be shown again: above 0 at first when a run is resumed within the epoch.</summary>
    public int BatchesDone { get; private set; }

    /// <summary>The share of the time that the loop waited for data, 0 to 1; null when no time has passed.</summary>
    private double? Waited(TimeSpan elapsed) => elapsed > TimeSpan.Zero ? Math.Min(1, (_source.Waited - _waitedBefore) / elapsed) : null;

    private TimeSpan Elapsed => _run.Time.GetElapsedTime(_started);

    /// <summary>
    /// One more batch is done. At most ten times a second somebody is told, which waits for the device to know the scores; a checkpoint is
    /// written when one is due.
    /// </summary>
    /// <param name="soFar">The scores over the epoch's batches so far.</param>
    /// <param name="isBetweenSteps">Whether no gradients wait for the next batch: only then a checkpoint holds everything.</param>
    /// <exception cref="ModelGenException">The loss, or a weight of a checkpoint, is NaN or infinite, or a checkpoint can't be written.</exception>
    /// <exception cref="TrainingStoppedException">The run was asked to stop; its checkpoint is written.</exception>
    public void Advance(IRunningScores soFar, bool isBetweenSteps = true)
    {
        ArgumentNullException.ThrowIfNull(soFar);
        if (BatchesDone == _batches)
            throw new InvalidOperationException($"The epoch has {_batches} batches, and all are done.");
        BatchesDone++;
        if (Epoch == 1 && BatchesDone == 1)
            _run.CheckFirstStep(soFar.Read().Loss);
        if (_run.IsWatched && _run.Time.GetElapsedTime(_told) >= Interval)
            Tell(soFar.Read());
        _run.BatchDone(Epoch, BatchesDone, soFar, _resumedTime + Elapsed, isBetweenSteps);
    }

    /// <summary>
    /// Stops the epoch's clock: what follows is evaluation. A device computes on while the loop is ahead of it, so read the
    /// scores of the training images first.
    /// </summary>
    public void Trained()
    {
        _trainingTime = Elapsed;
        _waited = Waited(_trainingTime.Value);
        _run.Tell(new EpochTrained(Epoch, _run.Epochs, _batches));
    }

    /// <summary>
    /// Writes the weights, the checkpoint and the figures of the epoch. The clock stops here when <see cref="Trained"/> wasn't called.
    /// </summary>
    /// <param name="trained">The scores over the training images.</param>
    /// <param name="tested">The scores over the test images, or null without a test set.</param>
    /// <param name="details">What the test images were taken for, for the report, or null.</param>
    /// <exception cref="ModelGenException">A loss or a weight is NaN or infinite, and nothing was written; or a file can't be written.</exception>
    public void Complete(Scores trained, Scores? tested, IEvaluationDetails? details = null)
    {
        var time = _resumedTime + (_trainingTime ?? Elapsed);
        _run.CheckFinite(Epoch, trained.Loss);
        if (tested is { } scores)
            _run.CheckFinite(Epoch, scores.Loss);
        var metrics = new EpochMetrics(
            Epoch, trained.Loss, trained.Accuracy, tested?.Loss, tested?.Accuracy, time.TotalSeconds, EpochLine.Throughput(trained.Images, time))
        {
            LearningRate = _run.LearningRate,
            Waited = _waited,
        }.With(trained, tested);
        _run.Add(metrics, tested is null ? null : details);
        _run.Tell(new EpochCompleted(metrics, _run.Epochs, _batches));
    }

    private void Tell(Scores soFar)
    {
        _run.CheckFinite(Epoch, soFar.Loss);
        _run.Tell(new BatchTrained(Epoch, _run.Epochs, BatchesDone, _batches, soFar, Elapsed, soFar.Images - _resumedImages, Waited(Elapsed)));
        _told = _run.Time.GetTimestamp();
    }
}
