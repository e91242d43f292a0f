using ModelGen.Data;
using ModelGen.Reporting;

namespace ModelGen.Training;

/// <summary>
/// One training run: what is printed, and the files in <c>--out</c>. <c>labels.txt</c> and <c>metrics.jsonl</c> appear with the first
/// finished epoch (the metrics grow with each), <c>result.json</c> at the end. What an earlier run left there stays until then, so that
/// a run stopped in its first epoch changes nothing; the earlier <c>result.json</c> goes with the first finished epoch.
/// </summary>
public sealed class TrainingRun
{
    private readonly RunSetup _setup;
    private readonly List<EpochMetrics> _epochs = [];
    private TimeSpan _trainingTime;
    private long _imagesShown;

    private TrainingRun(RunSetup setup, LiveLine line, TimeProvider time)
    {
        _setup = setup;
        Line = line;
        Time = time;
    }

    /// <summary>Where the weights go: <c>model.pth</c> in the output folder. Save them after <see cref="EpochProgress.Complete"/>, which refuses an epoch that diverged.</summary>
    public string WeightsPath => InFolder(RunFolder.Weights);

    /// <summary>Makes sure that the output folder can be written, before anything is trained, and prints what is about to happen.</summary>
    /// <param name="model">The network's name.</param>
    /// <param name="parameters">How many numbers it learns.</param>
    /// <param name="options">What the run may set.</param>
    /// <param name="device">The device that was chosen, such as <c>cpu</c> or <c>cuda:0</c>.</param>
    /// <param name="data">What it learns from, and what each epoch is tested with.</param>
    /// <exception cref="ModelGenException">The output folder can't be written, or a class name has a line break; nothing was changed.</exception>
    public static TrainingRun Start(string model, long parameters, TrainingOptions options, string device, ImageData data)
    {
        ArgumentNullException.ThrowIfNull(data);
        var setup = new RunSetup(model, parameters, options, device, data.Train.Count, data.Test?.Count ?? 0, data.Train.Classes, data.Description);
        return Start(setup, Terminal.OfProcess(), TimeProvider.System);
    }

    /// <summary>The same with the terminal and the clock to use.</summary>
    internal static TrainingRun Start(RunSetup setup, Terminal terminal, TimeProvider time)
    {
        LabelsFile.Check(setup.Classes);
        RunFolder.PrepareForTraining(setup.Options.Out);

        var line = new LiveLine(terminal, terminal.Interactive && setup.Options.Progress);
        foreach (var header in setup.Header())
            line.Finish(header);
        return new TrainingRun(setup, line, time);
    }

    /// <summary>Begins an epoch and starts its clock.</summary>
    /// <param name="epoch">From 1.</param>
    /// <param name="batches">Batches in the epoch, at least 1.</param>
    public EpochProgress BeginEpoch(int epoch, int batches)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(epoch, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(batches, 1);
        return new EpochProgress(this, epoch, batches);
    }

    /// <summary>Writes <c>result.json</c> and prints what the run came to.</summary>
    /// <exception cref="InvalidOperationException">No epoch was finished.</exception>
    /// <exception cref="ModelGenException">The file can't be written.</exception>
    public void Complete()
    {
        if (_epochs.Count == 0)
            throw new InvalidOperationException("A run is complete after at least one finished epoch.");
        var last = _epochs[^1];
        var best = _epochs.Where(epoch => epoch.TestAccuracy is not null).MaxBy(epoch => epoch.TestAccuracy);
        RunJson.Write(InFolder(RunFolder.Result), new RunResult(
            _setup.Model,
            _setup.Parameters,
            _setup.Device,
            _setup.Options.Seed,
            _epochs.Count,
            _setup.TrainImages,
            _setup.TestImages,
            last.TrainLoss,
            last.TrainAccuracy,
            last.TestLoss,
            last.TestAccuracy,
            best?.TestAccuracy,
            best?.Epoch,
            _trainingTime.TotalSeconds,
            EpochLine.Throughput(_imagesShown, _trainingTime)));

        var outcome = last.TestAccuracy is { } tested && best?.TestAccuracy is { } bestTested
            ? $"test accuracy {Quantity.Score(tested)} (best {Quantity.Score(bestTested)} in epoch {best.Epoch})"
            : $"training accuracy {Quantity.Score(last.TrainAccuracy)}";
        Line.Finish($"Done: {outcome}, trained for {Quantity.Clock(_trainingTime)}; weights in {WeightsPath}");
    }

    /// <summary>The clock that the run is measured with.</summary>
    internal TimeProvider Time { get; }

    /// <summary>The line that an epoch draws.</summary>
    internal LiveLine Line { get; }

    /// <summary>How the epoch's line is written.</summary>
    internal EpochLine LineOf(int epoch, int batches) => new(epoch, _setup.Options.Epochs, batches);

    /// <summary>Refuses a loss that is no longer a number, which no later epoch can bring back.</summary>
    internal void CheckFinite(int epoch, double loss)
    {
        if (!double.IsFinite(loss))
        {
            throw new ModelGenException(FormattableString.Invariant(
                $"Training diverged in epoch {epoch}: the loss is no longer finite at learning rate {_setup.Options.LearningRate}: lower --learning-rate."));
        }
    }

    /// <summary>Adds a finished epoch to the files.</summary>
    internal void Add(int epoch, Scores trained, Scores? tested, TimeSpan trainingTime)
    {
        _epochs.Add(new EpochMetrics(
            epoch, trained.Loss, trained.Accuracy, tested?.Loss, tested?.Accuracy, trainingTime.TotalSeconds, EpochLine.Throughput(trained.Images, trainingTime)));
        _trainingTime += trainingTime;
        _imagesShown += trained.Images;

        // The first finished epoch takes the folder over from an earlier run. The names of the classes go with the weights saved next.
        if (_epochs.Count == 1)
            LabelsFile.Write(_setup.Options.Out, _setup.Classes);
        RunJson.Write(InFolder(RunFolder.Metrics), _epochs);
        if (_epochs.Count == 1)
            File.Delete(InFolder(RunFolder.Result));
    }

    private string InFolder(string file) => Path.Combine(_setup.Options.Out, file);
}
