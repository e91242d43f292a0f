using System.CommandLine;
using System.Text;
using ModelGen.Data;
using ModelGen.Formats;
using ModelGen.Formats.Onnx;
using ModelGen.Reporting;
using ModelGen.Training;
using ModelGen.Training.Metrics;
using Spectre.Console;

namespace ModelGen.CommandLine;

/// <summary>
/// The command line of one generated model: <c>train</c> (also without a verb), <c>eval</c>, <c>predict</c>, <c>lr-find</c>, <c>summary</c> and
/// <c>data</c>. An error is one line on stderr; with <c>MODELGEN_TRACE=1</c> in the environment a stack trace follows it.
/// </summary>
/// <typeparam name="TOptions">The model's own options.</typeparam>
public sealed class ModelProgram<TOptions>
    where TOptions : TrainingOptions
{
    private const int Succeeded = 0;
    private const int Failed = 1;
    private const int Misused = 2;
    private const int Interrupted = 130;

    /// <summary>The model's name, such as <c>ConvNet</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The network's layers as a plain-text table, printed by <c>summary</c>.</summary>
    public required string Summary { get; init; }

    /// <summary>A line below that table; empty for none. A run is not told by it, as it is by the table.</summary>
    public string SummaryNote { get; init; } = "";

    /// <summary>The network as a graph, drawn by <c>summary --mermaid</c> and <c>summary --svg</c>.</summary>
    public required Diagram Diagram { get; init; }

    /// <summary>What holds for options that the command line doesn't name.</summary>
    public required TOptions Defaults { get; init; }

    /// <summary>Trains, tells what happens, and stops with a checkpoint when it is cancelled; called by <c>train</c>.</summary>
    public required Func<TOptions, IProgress<TrainingEvent>, CancellationToken, TrainingResult> Train { get; init; }

    /// <summary>Tests the weights in <see cref="TrainingOptions.Load"/>, which is set and exists, and returns the test scores; called by <c>eval</c>.</summary>
    public required Func<TOptions, Scores> Evaluate { get; init; }

    /// <summary>
    /// Says what the network predicts for the files at the paths, by the weights in <see cref="TrainingOptions.Load"/>, which is set and exists; called by
    /// <c>predict</c>. A file that can't be read has no prediction, and the third argument is told why.
    /// </summary>
    public required Func<TOptions, IReadOnlyList<string>, Action<ModelGenException>, IReadOnlyList<Prediction>> Predict { get; init; }

    /// <summary>Takes the steps of a range test and returns what they show; called by <c>lr-find</c>.</summary>
    public required Func<TOptions, LearningRateSearch, LearningRateResult> FindLearningRate { get; init; }

    /// <summary>
    /// Writes the network with the weights in <see cref="TrainingOptions.Load"/>, which is set and exists, into a file as ONNX; called by <c>export</c>, which
    /// is there only where this is.
    /// </summary>
    public Action<TOptions, string, OnnxOptions>? ExportOnnx { get; init; }

    /// <summary>Chooses the folder of the libtorch that <c>--libtorch</c> names, before anything is loaded. Null where the network does without one: then there is no such option.</summary>
    public Action<string>? UseLibTorch { get; init; }

    /// <summary>What training takes in memory, to say when there is too little; null where it is not known.</summary>
    public TrainingMemory? Memory { get; init; }

    /// <summary>What a sample is called: <c>image</c>, <c>row</c>.</summary>
    public string Sample { get; init; } = "image";

    /// <summary>
    /// The program of the same network compiled by another backend, and what <c>--backend</c> calls that one: <c>("csharp", ConvNet.CSharp.Run)</c>. Null
    /// where there is one backend only. It is given all arguments, so that it knows how it was chosen.
    /// </summary>
    public (string Backend, Func<string[], int> Run)? Other { get; init; }

    /// <summary>What <c>--backend</c> calls this program where it is the <see cref="Other"/> of one; else null.</summary>
    public string? Backend { get; init; }

    /// <summary>What <c>data --download</c> knows.</summary>
    internal IReadOnlyList<KnownDataSet> DataSets { get; init; } = KnownDataSet.All;

    /// <summary>Does what the arguments say.</summary>
    /// <param name="args">The program's arguments.</param>
    /// <returns>The exit code: 0 when all went well, 1 when the run failed or a file could not be predicted, 2 for wrong arguments, with which nothing runs, 130 when it was interrupted.</returns>
    public int Run(string[] args) =>
        Run(args, Terminal.OfProcess(), trace: Environment.GetEnvironmentVariable("MODELGEN_TRACE") == "1");

    /// <summary>The same with the terminal to use, and whether to print stack traces.</summary>
    internal int Run(string[] args, Terminal terminal, bool trace)
    {
        ArgumentNullException.ThrowIfNull(args);
        var backend = "";
        if ((Other is not null || Backend is not null) && BackendOption.Take(args, out var rest) is { } chosen)
        {
            if (chosen == Other?.Backend)
                return Other.Value.Run(args);
            var own = Backend ?? BackendOption.Default;
            if (chosen != own)
            {
                terminal.Error.Write($"error: {BackendOption.Name} takes {own}{(Other is var (other, _) ? $" or {other}" : "")}, not '{chosen}'. Try --help.\n");
                return Misused;
            }

            (args, backend) = (rest, $" {BackendOption.Name} {chosen}");
        }

        var (libTorch, exitCode) = ("", Succeeded);
        try
        {
            var verbs = new Verbs(
                Name,
                Other is null ? "" : $" ({BackendOption.Name} {BackendOption.Default} or {Other.Value.Backend} chooses what computes)",
                Sample,
                Defaults,
                options => WithBatches(options, () => TrainFrom(terminal, options)),
                options => WithBatches(options, () => EvaluateTo(terminal, options)),
                (options, files) => exitCode = PredictTo(terminal, options, files),
                (options, range) => WithBatches(options, () => SearchTo(terminal, options, range)),
                (asMermaid, svg) => SummarizeTo(terminal, asMermaid, svg),
                DataSets,
                (set, folder) => DownloadTo(terminal, set, folder),
                ExportOnnx is null ? null : (options, path, onnx) => ExportTo(terminal, options, path, onnx),
                UseLibTorch is null ? null : folder =>
                {
                    UseLibTorch(folder);
                    libTorch = $" --libtorch {Resumption.Quoted(folder)}";
                });
            var parsed = verbs.Parse(args);
            if (UsageError.Of(parsed, verbs) is { } wrong)
            {
                terminal.Error.Write($"error: {wrong}{(wrong.EndsWith('?') ? "" : ".")} Try --help.\n");
                return Misused;
            }

            parsed.Invoke(new InvocationConfiguration { Output = terminal.Out, Error = terminal.Error, EnableDefaultExceptionHandler = false });
            return exitCode;
        }
        catch (TrainingStoppedException stopped)
        {
            var folder = stopped.Folder == Defaults.Out ? "" : $" --out {Resumption.Quoted(stopped.Folder)}";
            terminal.Out.Write(FormattableString.Invariant(
                $"Stopped in epoch {stopped.Epoch} after {stopped.Batch} batches. To go on: {Resumption.Command} train --resume{backend}{folder}{libTorch}\n"));
            return Interrupted;
        }
        catch (OperationCanceledException)
        {
            terminal.Out.Write("Stopped.\n");
            return Interrupted;
        }
        catch (Exception error)
        {
            terminal.Error.Write($"error: {Failure.Describe(error)}\n");
            if (trace)
                terminal.Error.Write($"{error}\n");
            return Failed;
        }
    }

    private void SummarizeTo(Terminal terminal, bool asMermaid, string? svg)
    {
        if (svg is not null)
        {
            RunFolder.RefuseOwn("--svg", svg, folder: null);
            AtomicFile.Write(svg, stream => stream.Write(Encoding.UTF8.GetBytes(Diagram.ToSvg())));
            terminal.Out.Write($"{Name}: the graph is drawn in {svg}\n");
        }

        if (asMermaid)
            terminal.Out.Write(Diagram.ToMermaid());
        else if (svg is null)
            terminal.Out.Write(Summary.TrimEnd('\n') + '\n' + (SummaryNote.Length > 0 ? SummaryNote + '\n' : ""));
    }

    private static void DownloadTo(Terminal terminal, KnownDataSet set, string folder)
    {
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(30) };
        var transfer = new Transfer(client, pause: TimeSpan.FromSeconds(1), stall: TimeSpan.FromSeconds(30));
        new DataSetDownload(transfer, terminal, TimeProvider.System).RunAsync(set, folder).GetAwaiter().GetResult();
    }

    private void TrainFrom(Terminal terminal, TrainingOptions options)
    {
        GivenWeights.CheckStart(options);

        // Here too, before images are decoded for a run that could not keep what it learns. It takes the folder once more when it begins.
        RunFolder.PrepareForTraining(options.Out, options.Save, options.SaveOptimizer).Dispose();
        var console = new TrainingConsole(terminal, options.Progress);
        using var interruption = new Interruption(() => console.HasBegun);
        try
        {
            Train((TOptions)options, console, interruption.Token);
        }
        catch (Exception error) when (error is not OperationCanceledException && console.Checkpoint is not null)
        {
            throw new ModelGenException($"{Failure.Describe(error, options.BatchSize, Memory)} The last good checkpoint is '{console.Checkpoint}'.", error);
        }
        finally
        {
            console.Leave();
        }
    }

    private void EvaluateTo(Terminal terminal, TrainingOptions options)
    {
        options = GivenWeights.Of(options);
        var path = Path.Combine(options.Out, RunFolder.Evaluation);
        var obstacle = ObstacleTo(() => RunFolder.Prepare(options.Out, RunFolder.Evaluation));
        var scores = Evaluate((TOptions)options);
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

    private void SearchTo(Terminal terminal, TrainingOptions options, LearningRateRange range)
    {
        GivenWeights.CheckStart(options);
        RunFolder.Prepare(options.Out, RunFolder.SearchPoints, RunFolder.SearchCurve);
        var console = new LearningRateConsole(terminal, options.Progress, range.Steps, TimeProvider.System);
        using var interruption = new Interruption(() => console.HasBegun);
        try
        {
            var result = FindLearningRate((TOptions)options, new LearningRateSearch(range.Steps, range.From, range.To, console, interruption.Token));
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
    }

    /// <summary>One bad file of many costs no other its prediction; the exit code says that there is one.</summary>
    private int PredictTo(Terminal terminal, TrainingOptions options, IReadOnlyList<string> files)
    {
        options = GivenWeights.Of(options);
        var refusals = new List<ModelGenException>();
        var predictions = Predict((TOptions)options, files, refusals.Add);
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
            foreach (var prediction in predictions)
                terminal.Out.Write($"{prediction.Path}\t{string.Join('\t', prediction.Cells)}\n");
        }

        foreach (var refusal in refusals)
            terminal.Error.Write($"error: {Failure.Describe(refusal)}\n");
        return refusals.Count == 0 ? Succeeded : Failed;
    }

    private void ExportTo(Terminal terminal, TrainingOptions options, string path, OnnxOptions onnx)
    {
        options = GivenWeights.Of(options);
        var labels = Path.Combine(Path.GetDirectoryName(options.Load) ?? "", LabelsFile.FileName);
        RunFolder.RefuseOwn("--onnx", path, options.Out, options.Load, labels);
        ExportOnnx!((TOptions)options, path, onnx);
        terminal.Out.Write($"{Name}: {options.Load} is written to {path}\n");
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
            throw new ModelGenException(Failure.OutOfMemory(error, options.BatchSize, Memory), error);
        }
    }
}
