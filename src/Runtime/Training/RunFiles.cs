using System.Security.Cryptography;
using System.Text;
using ModelGen.CommandLine;
using ModelGen.Formats;
using ModelGen.Reporting;
using ModelGen.Reporting.Logs;
using ModelGen.Reporting.Report;
using ModelGen.Training.Checkpoints;

namespace ModelGen.Training;

/// <summary>
/// The files that a run writes into its folder, each complete or not at all. What an earlier run left there stays until the first finished epoch
/// of this one, but for its last checkpoint, which the first of this one replaces: a run that fails before changes nothing. Then the weights come first,
/// because they are what may not fit on the disk, and what only the earlier run had goes last. Where there is none, the record of the run comes before all.
/// </summary>
internal sealed class RunFiles
{
    private readonly RunSetup _setup;
    private readonly IReadOnlyList<IRunLog> _logs;
    private readonly Lazy<string> _dataHash;
    private bool _isRecorded;

    /// <param name="setup">What the run starts from.</param>
    /// <param name="time">The clock that dates TensorBoard's events.</param>
    public RunFiles(RunSetup setup, TimeProvider time)
    {
        _setup = setup;
        _logs = RunLog.Of(setup.Options.Log, setup.Options.Out, time);
        _dataHash = new(() => setup.Data.Hash());
        Settings = new TrainingSettings(setup.Options).Record(setup.Options);
    }

    /// <summary>The options of the run, by their names on the command line.</summary>
    public IReadOnlyDictionary<string, string> Settings { get; }

    /// <summary>SHA-256 of all samples, in hexadecimal.</summary>
    public string DataHash => _dataHash.Value;

    /// <summary>The path of the weights.</summary>
    public string Weights => InFolder(RunFolder.Weights);

    /// <summary>The path of the checkpoint to go on from.</summary>
    public string Last => InFolder(RunFolder.Last);

    /// <summary>Writes the checkpoint to go on from.</summary>
    public void WriteLast(CheckpointHeader header, StateDict state)
    {
        CheckpointFile.Write(Last, header, state);
    }

    /// <summary>Writes all files that follow from the epochs so far.</summary>
    /// <param name="epochs">The finished epochs.</param>
    /// <param name="everything">What the last of them left.</param>
    /// <param name="state">Whose that is.</param>
    /// <param name="header">Where the run goes on.</param>
    /// <param name="isBest">Whether no epoch before was as good as the last.</param>
    public void WriteEpoch(IReadOnlyList<EpochMetrics> epochs, StateDict everything, ITrainingState state, CheckpointHeader header, bool isBest)
    {
        var weights = CheckpointFile.Weights(everything);
        WeightsFile.Write(Weights, weights);
        if (epochs.Count == 1 && _setup.Classes.Count > 0)
            LabelsFile.Write(_setup.Options.Out, _setup.Classes);
        if (!_isRecorded)
            WriteRecord();
        foreach (var log in _logs)
            log.Write(epochs);
        if (_setup.Options.Save is { } save)
            WeightsFile.Write(save, weights);
        if (_setup.Options.SaveOptimizer is { } file)
            OptimizerFile.Write(file, everything, state.Optimizer, state.LearningRate, _setup.Options.LearningRate);
        if (isBest)
            CheckpointFile.Write(InFolder(RunFolder.Best), header, everything);
        if (_setup.Options.Keep > 0)
        {
            CheckpointFile.Write(InFolder(RunFolder.OfEpoch(epochs.Count)), header, everything);
            AtomicFile.Delete(InFolder(RunFolder.OfEpoch(epochs.Count - _setup.Options.Keep)));
        }

        // The last of the run's own: from here on a resumed run does not do this epoch again.
        CheckpointFile.Write(Last, header, everything);
        if (epochs.Count == 1)
            RemoveEarlier(isBest);
    }

    /// <summary>Writes <c>report.html</c>.</summary>
    /// <param name="epochs">The finished epochs.</param>
    /// <param name="best">The best of them, or null without a test set.</param>
    /// <param name="details">What the test images were taken for after the last one, or null without a test set.</param>
    public void WriteReport(IReadOnlyList<EpochMetrics> epochs, EpochMetrics? best, IEvaluationDetails? details)
    {
        var read = details?.Read();
        RunReport.Write(InFolder(RunFolder.Report), new ReportContent
        {
            Model = _setup.Model,
            Data = _setup.Data.Description,
            Summary = _setup.Summary,
            Diagram = _setup.Diagram,
            Epochs = epochs,
            BestEpoch = best?.Epoch,
            Classes = _setup.Classes,
            Confusion = read?.Confusion,
            Mistakes = _setup.Data.TestImages is not { } images || read is null
                ? []
                : [.. read.Value.Mistakes.Select(mistake => new ReportMistake(images.Pixels(mistake.Index).ToArray(), images.Shape, mistake))],
            Unit = _setup.Data.Unit,
            Judging = _setup.Data.Judging,
            Settings = [.. Settings.Select(setting => (setting.Key, setting.Value)), .. _setup.Recipe.Split('\n').Select(line => ("spec", line))],
            Environment = [("device", _setup.Device), ("processors", $"{Environment.ProcessorCount}"), .. Versions().Select(version => (version.Key, version.Value))],
        });
    }

    /// <summary>Writes <c>result.json</c>.</summary>
    public void Write(TrainingResult result)
    {
        var (last, images) = (result.Last, (long)_setup.Data.TrainCount * result.Epochs.Count);
        RunJson.Write(InFolder(RunFolder.Result), new RunResult(
            _setup.Model,
            _setup.Parameters,
            _setup.Device,
            _setup.Options.Seed,
            result.Epochs.Count,
            _setup.Data.TrainCount,
            _setup.Data.TestCount,
            last.TrainLoss,
            last.TrainAccuracy,
            last.TestLoss,
            last.TestAccuracy,
            result.BestEpoch?.TestAccuracy,
            result.BestEpoch?.Epoch,
            result.Time.TotalSeconds,
            EpochLine.Throughput(images, result.Time))
        {
            TrainTopK = last.TrainTopK,
            TrainMae = last.TrainMae,
            TrainRmse = last.TrainRmse,
            TrainR2 = last.TrainR2,
            TestTopK = last.TestTopK,
            TestMae = last.TestMae,
            TestRmse = last.TestRmse,
            TestR2 = last.TestR2,
            TestAuroc = last.TestAuroc,
            BestTestLoss = _setup.Monitor == MonitoredScore.Loss ? result.BestEpoch?.TestLoss : null,
        });
    }

    /// <summary>Writes the record of this start.</summary>
    public void WriteRecord()
    {
        _isRecorded = true;
        RunJson.Write(InFolder(RunFolder.Run), new RunRecord(
            _setup.Model,
            Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', _setup.Spec)))),
            _setup.Data.Description,
            DataHash,
            _setup.Device,
            Environment.ProcessorCount,
            Versions(),
            string.Join(' ', Environment.GetCommandLineArgs().Skip(1)),
            Settings));
    }

    /// <summary>After the first epoch the folder is this run's: what it has not written is of an earlier one.</summary>
    private void RemoveEarlier(bool hasBest)
    {
        string[] ofEpochs = [.. RunFolder.OfEpochs(_setup.Options.Out).Where(file => _setup.Options.Keep == 0 || Path.GetFileName(file) != RunFolder.OfEpoch(1))];
        foreach (var file in ofEpochs)
            AtomicFile.Delete(file);
        foreach (var name in (string[])[RunFolder.Result, RunFolder.Report, RunFolder.Evaluation])
            AtomicFile.Delete(InFolder(name));
        if (!hasBest)
            AtomicFile.Delete(InFolder(RunFolder.Best));
        if (!_setup.Options.Log.HasFlag(LogFormats.Jsonl))
            AtomicFile.Delete(InFolder(RunFolder.Metrics));
        if (!_setup.Options.Log.HasFlag(LogFormats.Csv))
            AtomicFile.Delete(InFolder(RunFolder.MetricsAsCsv));
    }

    private static SortedDictionary<string, string> Versions()
    {
        var versions = new SortedDictionary<string, string>(StringComparer.Ordinal)
        {
            ["modelgen"] = typeof(RunFiles).Assembly.GetName().Version!.ToString(),
            ["dotnet"] = Environment.Version.ToString(),
            ["system"] = System.Runtime.InteropServices.RuntimeInformation.OSDescription,
        };

        // What computes is in the process by now, but unknown to this assembly.
        if (AppDomain.CurrentDomain.GetAssemblies()
                .FirstOrDefault(assembly => assembly.FullName is { } name && name.StartsWith("TorchSharp,", StringComparison.Ordinal)) is { } torch)
            versions.Add("torchsharp", torch.GetName().Version!.ToString());
        return versions;
    }

    private string InFolder(string file) => Path.Combine(_setup.Options.Out, file);
}
