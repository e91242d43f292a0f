using System.Text;
using ModelGen.Data;
using ModelGen.Formats;
using ModelGen.Formats.Onnx;
using ModelGen.Reporting;
using ModelGen.Training;
using ModelGen.Training.Metrics;
using Spectre.Console;

namespace ModelGen.CommandLine;

/// <summary>Does what the verbs of a model's program say, and tells it on a terminal.</summary>
/// <param name="program">What the network can do.</param>
/// <param name="terminal">Where it is told.</param>
internal sealed class ProgramRun<TOptions>(ModelProgram<TOptions> program, Terminal terminal) : IProgramRun
    where TOptions : TrainingOptions
{
    /// <summary>The folder that <c>--libtorch</c> named, or null.</summary>
    public string? LibTorch { get; private set; }

    /// <summary>Whether a file has no prediction.</summary>
    public bool HasRefused { get; private set; }

    public string Name => program.Name;

    public string Choice => program.Other is var (other, _) ? $" ({BackendOption.Name} {BackendOption.Default} or {other} chooses what computes)" : "";

    public string Sample => program.Sample;

    public TrainingOptions Defaults => program.Defaults;

    public IReadOnlyList<KnownDataSet> DataSets => program.DataSets;

    public bool Exports => program.ExportOnnx is not null;

    public bool TakesLibTorch => program.UseLibTorch is not null;

    public void UseLibTorch(string folder)
    {
        program.UseLibTorch!(folder);
        LibTorch = folder;
    }

    public void Train(TrainingOptions options) => WithBatches(options, () =>
    {
        TrainingOptions.Check(options);

        // Here too, before images are decoded for a run that could not keep what it learns. It takes the folder once more when it begins.
        RunFolder.PrepareForTraining(options.Out, options.Save, options.SaveOptimizer).Dispose();
        var console = new TrainingConsole(terminal, options.Progress);
        using var interruption = new Interruption(() => console.HasBegun);
        try
        {
            program.Train((TOptions)options, console, interruption.Token);
        }
        catch (Exception error) when (error is not OperationCanceledException && console.Checkpoint is not null)
        {
            throw new ModelGenException($"{Failure.Describe(error, options.BatchSize, program.Memory)} The last good checkpoint is '{console.Checkpoint}'.", error);
        }
        finally
        {
            console.Leave();
        }
    });

    public void Evaluate(TrainingOptions options) => WithBatches(options, () =>
    {
        options = GivenWeights.Of(options);
        var path = Path.Combine(options.Out, RunFolder.Evaluation);
        var obstacle = ObstacleTo(() => RunFolder.Prepare(options.Out, RunFolder.Evaluation));
        var scores = program.Evaluate((TOptions)options);
        if (!double.IsFinite(scores.Loss))
            throw GivenWeights.Diverged(options.Load!, "test loss");
        obstacle ??= ObstacleTo(() => RunJson.Write(
            path,
            new EvaluationResult(Name, options.Load!, scores.Images, scores.Loss, scores.Accuracy)
            {
                TestTopK = scores.TopK,
                TestMae = scores.Mae,
                TestRmse = scores.Rmse,
                TestR2 = scores.R2,
                TestAuroc = scores.Auroc,
            }));
        terminal.Out.Write($"{Name}: {options.Load}\n");
        var measured = Measure.All
            .Where(measure => measure.Of(scores) is not null)
            .Select(measure => $"  test {measure.Name} {Quantity.Score(measure.Of(scores)!.Value)}");
        terminal.Out.Write($"{Quantity.Count(scores.Images)} test {Sample}s  test loss {Quantity.Score(scores.Loss)}{string.Concat(measured)}\n");
        if (obstacle is not null)
            terminal.Error.Write($"warning: '{path}' is not written ({obstacle.Message.TrimEnd('.')}): to have it elsewhere, name the weights with --load and another folder with --out.\n");
    });

    // One bad file of many costs no other its prediction; the exit code says that there is one.
    public void Predict(TrainingOptions options, IReadOnlyList<string> files)
    {
        options = GivenWeights.Of(options);
        var refusals = new List<ModelGenException>();
        var predictions = program.Predict((TOptions)options, files, refusals.Add);
        if (predictions.Select(prediction => prediction.Diverged).FirstOrDefault(what => what is not null) is { } number)
            throw GivenWeights.Diverged(options.Load!, number);
        if (terminal.Interactive && predictions.Count > 0)
        {
            var table = new Table().AddColumns([Sample, .. predictions[0].Columns]);
            foreach (var prediction in predictions)
                table.AddRow([new Text(prediction.Path), .. prediction.Cells.Select(cell => new Text(cell))]);
            terminal.Write(table);
        }
        else
        {
            // Which of several numbers is which, no line says by itself.
            if (predictions is [NumberPrediction { Targets.Count: > 1 } first, ..])
                terminal.Out.Write($"{Sample}\t{string.Join('\t', first.Columns)}\n");
            foreach (var prediction in predictions)
                terminal.Out.Write($"{prediction.Path}\t{string.Join('\t', prediction.Cells)}\n");
        }

        foreach (var refusal in refusals)
            terminal.Error.Write($"error: {Failure.Describe(refusal)}\n");
        HasRefused = refusals.Count > 0;
    }

    public void FindLearningRate(TrainingOptions options, LearningRateRange range) => WithBatches(options, () =>
    {
        TrainingOptions.Check(options);
        RunFolder.Prepare(options.Out, RunFolder.SearchPoints, RunFolder.SearchCurve);
        var console = new LearningRateConsole(terminal, options.Progress, range.Steps, TimeProvider.System);
        using var interruption = new Interruption(() => console.HasBegun);
        try
        {
            var result = program.FindLearningRate((TOptions)options, new LearningRateSearch(range.Steps, range.From, range.To, console, interruption.Token));
            console.Show(Name, result);
            if (result.Points.Count == 0)
                return;
            LearningRateFiles.Write(options.Out, Name, result);
            terminal.Out.Write(
                $"The curve is in {Path.Combine(options.Out, RunFolder.SearchCurve)}, its points in {Path.Combine(options.Out, RunFolder.SearchPoints)}\n");
        }
        finally
        {
            console.Leave();
        }
    });

    public void Summarize(bool asMermaid, string? svg)
    {
        if (svg is not null)
        {
            RunFolder.RefuseOwn("--svg", svg, folder: null);
            AtomicFile.Write(svg, stream => stream.Write(Encoding.UTF8.GetBytes(program.Diagram.ToSvg())));
            terminal.Out.Write($"{Name}: the graph is drawn in {svg}\n");
        }

        if (asMermaid)
            terminal.Out.Write(program.Diagram.ToMermaid());
        else if (svg is null)
            terminal.Out.Write(program.Summary.TrimEnd('\n') + '\n' + (program.SummaryNote.Length > 0 ? program.SummaryNote + '\n' : ""));
    }

    public void Download(KnownDataSet set, string folder)
    {
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(30) };
        var transfer = new Transfer(client, pause: TimeSpan.FromSeconds(1), stall: TimeSpan.FromSeconds(30));
        new DataSetDownload(transfer, terminal, TimeProvider.System).RunAsync(set, folder).GetAwaiter().GetResult();
    }

    public void Export(TrainingOptions options, string path, OnnxOptions onnx)
    {
        options = GivenWeights.Of(options);
        RunFolder.RefuseOwn("--onnx", path, folder: null, options.Load);
        program.ExportOnnx!((TOptions)options, path, onnx);
        terminal.Out.Write($"{Name}: {options.Load} is written to {path}\n");
    }

    /// <summary>What the system has against a file, which is no reason to lose what would be in it; null for nothing.</summary>
    private static Exception? ObstacleTo(Action write)
    {
        try
        {
            write();
            return null;
        }
        catch (ModelGenException error) when (error.InnerException is IOException or UnauthorizedAccessException)
        {
            return error.InnerException;
        }
    }

    /// <summary>Does what takes batches; a batch that is too large is named when memory runs out.</summary>
    private void WithBatches(TrainingOptions options, Action run)
    {
        try
        {
            run();
        }
        catch (Exception error) when (Failure.IsOutOfMemory(error))
        {
            throw new ModelGenException(Failure.OutOfMemory(error, options.BatchSize, program.Memory), error);
        }
    }
}
