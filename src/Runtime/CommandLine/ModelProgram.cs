using System.CommandLine;
using ModelGen.Data;
using ModelGen.Formats.Onnx;
using ModelGen.Reporting;
using ModelGen.Training;

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

        var run = new ProgramRun<TOptions>(this, terminal);
        try
        {
            var verbs = new Verbs(run);
            var parsed = verbs.Parse(args);
            if (UsageError.Of(parsed, verbs) is { } wrong)
            {
                terminal.Error.Write($"error: {wrong}{(wrong.EndsWith('?') ? "" : ".")} Try --help.\n");
                return Misused;
            }

            parsed.Invoke(new InvocationConfiguration { Output = terminal.Out, Error = terminal.Error, EnableDefaultExceptionHandler = false });
            return run.HasRefused ? Failed : Succeeded;
        }
        catch (TrainingStoppedException stopped)
        {
            var folder = stopped.Folder == Defaults.Out ? "" : $" --out {Resumption.Quoted(stopped.Folder)}";
            var libTorch = run.LibTorch is { } own ? $" --libtorch {Resumption.Quoted(own)}" : "";
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
}
