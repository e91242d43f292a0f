using ModelGen.Training;
using ModelGen.Training.Metrics;

namespace ModelGen.Reporting;

/// <summary>Shows a run on a terminal: what is trained on what, a line for each epoch with a bar while it trains, and what it came to.</summary>
/// <param name="terminal">Where it is shown.</param>
/// <param name="showsBar">Whether a line may be redrawn while its epoch trains.</param>
internal sealed class TrainingConsole(Terminal terminal, bool showsBar) : IProgress<TrainingEvent>
{
    private readonly LiveLine _line = new(terminal, terminal.Interactive && showsBar);

    private string _unit = "images";
    private JudgingSet _judging = JudgingSet.Test;

    /// <summary>Whether the run has begun: from here on it can stop with a checkpoint.</summary>
    public bool HasBegun { get; private set; }

    /// <summary>The checkpoint that the run can go on from, or null as long as it has none.</summary>
    public string? Checkpoint { get; private set; }

    /// <inheritdoc/>
    public void Report(TrainingEvent value)
    {
        switch (value)
        {
            case RunStarted started:
                HasBegun = true;
                if (started.Resumed is not null)
                    Checkpoint = Path.Combine(started.Options.Out, RunFolder.Last);
                _unit = started.Unit;
                _judging = started.Judging;
                Write(started);
                break;
            case BatchTrained { Batch: var batch } trained:
                _line.Draw(LineOf(trained.Epoch, trained.Epochs, trained.Batches).Running(
                    batch, trained.Scores, trained.Elapsed, trained.Images, trained.Waited, _line.Columns, terminal.Unicode));
                break;
            case EpochTrained trained:
                _line.Draw(LineOf(trained.Epoch, trained.Epochs, trained.Batches).Evaluating(_line.Columns, terminal.Unicode));
                break;
            case EpochCompleted completed:
                _line.Finish(LineOf(completed.Metrics.Epoch, completed.Epochs, completed.Batches).Finished(completed.Metrics, _line.Columns));
                break;
            case CheckpointSaved saved:
                Checkpoint = saved.Path;
                break;
            case RunNoted noted:
                _line.Leave();
                _line.Finish($"Note: {noted.Text}");
                break;
            case RunCompleted completed:
                _line.Finish(Outcome(completed.Result));
                break;
        }
    }

    /// <summary>Leaves a line that was drawn as it is, so that what comes next starts on a line of its own.</summary>
    public void Leave() => _line.Leave();

    private void Write(RunStarted run)
    {
        var options = run.Options;
        _line.Finish($"{run.Model}: {Quantity.Count(run.Parameters)} parameters");
        _line.Finish($"Data: {run.Data}");
        _line.Finish(FormattableString.Invariant(
            $"Run: {run.Device}, seed {options.Seed}, epochs {options.Epochs}, batch size {options.BatchSize}, into {options.Out}"));
        if (run.Resumed is { } place)
            _line.Finish($"Resumed: {place}");
    }

    private string Outcome(TrainingResult result)
    {
        var measure = Measure.All.FirstOrDefault(measure => measure.Trained(result.Last) is not null)
            ?? new Measure("loss", "loss", false, scores => scores.Loss, epoch => epoch.TrainLoss, epoch => epoch.TestLoss);
        var outcome = measure.Tested(result.Last) is { } tested && result.BestEpoch is { } epoch && measure.Tested(epoch) is { } best
            ? FormattableString.Invariant($"{_judging.Words} {measure.Words} {Quantity.Score(tested)} (best {Quantity.Score(best)} in epoch {epoch.Epoch})")
            : $"training {measure.Words} {Quantity.Score(measure.Trained(result.Last)!.Value)}";
        return $"Done: {outcome}, trained for {Quantity.Clock(result.Time)}; weights in {result.WeightsPath}";
    }

    private EpochLine LineOf(int epoch, int epochs, int batches) => new(epoch, epochs, batches) { Unit = _unit, Judging = _judging };
}
