using ModelGen.Reporting;

namespace ModelGen.Training;

/// <summary>
/// One epoch as it is shown and recorded. The loop calls <see cref="Show"/> when it <see cref="IsDue"/>, <see cref="Trained"/> after the
/// last batch, <see cref="Complete"/> after the evaluation, and disposes it, so that an error's message starts on a line of its own.
/// </summary>
public sealed class EpochProgress : IDisposable
{
    // Ten times a second: faster than that nobody reads, and each time costs a synchronisation with the device.
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    private readonly TrainingRun _run;
    private readonly EpochLine _text;
    private readonly long _started;
    private long _drawn;
    private TimeSpan? _trainingTime;

    internal EpochProgress(TrainingRun run, int epoch, int batches)
    {
        _run = run;
        _text = run.LineOf(epoch, batches);
        _started = _drawn = run.Time.GetTimestamp();
        Draw(_text.Running(0, null, TimeSpan.Zero, run.Line.Columns, run.Line.Terminal.Unicode));
    }

    /// <summary>
    /// Whether to read the scores and call <see cref="Show"/>: at most ten times a second, and only when a live bar is drawn. Asking is
    /// cheap; reading the scores waits for the device.
    /// </summary>
    public bool IsDue => _run.Line.IsLive && _run.Time.GetElapsedTime(_drawn) >= Interval;

    /// <summary>Redraws the bar.</summary>
    /// <param name="batchesDone">Batches done in this epoch: 1 to their number.</param>
    /// <param name="soFar">The scores over them.</param>
    /// <exception cref="ModelGenException">The loss is NaN or infinite.</exception>
    public void Show(int batchesDone, Scores soFar)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchesDone, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(batchesDone, _text.Batches);
        _run.CheckFinite(_text.Epoch, soFar.Loss);
        Draw(_text.Running(batchesDone, soFar, _run.Time.GetElapsedTime(_started), _run.Line.Columns, _run.Line.Terminal.Unicode));
    }

    /// <summary>
    /// Stops the epoch's clock: what follows is evaluation. A device computes on while the loop is ahead of it, so read the
    /// scores of the training images first.
    /// </summary>
    public void Trained()
    {
        _trainingTime = _run.Time.GetElapsedTime(_started);
        Draw(_text.Evaluating(_run.Line.Columns, _run.Line.Terminal.Unicode));
    }

    /// <summary>Writes the epoch's final line, and its line in <c>metrics.jsonl</c>. The clock stops here when <see cref="Trained"/> wasn't called.</summary>
    /// <param name="trained">The scores over the training images.</param>
    /// <param name="tested">The scores over the test images, or null without a test set.</param>
    /// <exception cref="ModelGenException">A loss is NaN or infinite, and nothing was written; or the file can't be written.</exception>
    public void Complete(Scores trained, Scores? tested)
    {
        var trainingTime = _trainingTime ?? _run.Time.GetElapsedTime(_started);
        _run.CheckFinite(_text.Epoch, trained.Loss);
        if (tested is { } scores)
            _run.CheckFinite(_text.Epoch, scores.Loss);
        _run.Add(_text.Epoch, trained, tested, trainingTime);
        _run.Line.Finish(_text.Finished(trained, tested, trainingTime, _run.Line.Columns));
    }

    /// <summary>Ends the line where it is when the epoch was not completed.</summary>
    public void Dispose() => _run.Line.Leave();

    private void Draw(string line)
    {
        _run.Line.Draw(line);
        _drawn = _run.Time.GetTimestamp();
    }
}
