using System.Collections.Concurrent;
using ModelGen.Data;
using ModelGen.Reporting;
using ModelGen.Training;

namespace ModelGen.Tests.Training;

/// <summary>A run of a network of one number, with a clock that stands still unless it is moved.</summary>
internal sealed class TestRun
{
    // A folder has one run at a time, and a test's next one begins where the process of the one before has ended.
    private static readonly ConcurrentDictionary<string, TrainingRun> Alive = new();

    private readonly RunSetup _setup;
    private readonly IProgress<TrainingEvent> _listener;

    public TestRun(TestOptions options, RecordingTerminal? terminal = null)
    {
        Terminal = terminal ?? new RecordingTerminal();
        _listener = new TrainingConsole(Terminal.Terminal, options.Progress);
        _setup = new RunSetup
        {
            Model = "TestNet",
            Parameters = 29034,
            Summary = "fc linear 2",
            Recipe = "loss nll",
            Diagram = CommandLine.TestProgram.Diagram,
            Options = options,
            Device = "cpu",
            Data = Data("drawn digits", "cat", "Straße"),
        };
    }

    public RecordingTerminal Terminal { get; }

    public ManualTime Time { get; } = new();

    public TestState State { get; init; } = new();

    public CancellationTokenSource Stop { get; } = new();

    /// <summary>1,000 training and 200 test images of one pixel.</summary>
    public static ImageData Data(string description, params string[] classes) => new(Images(1000, classes), Images(200, classes), description);

    /// <summary>The run, begun; an earlier one in the folder has ended by then.</summary>
    public TrainingRun Start(Func<RunSetup, RunSetup>? change = null)
    {
        End();
        var run = Alive[_setup.Options.Out] = new TrainingRun(change is null ? _setup : change(_setup), _listener, Time, Stop.Token);
        run.Begin(State);
        return run;
    }

    /// <summary>Ends the process of the run, which has left its folder then.</summary>
    public void End()
    {
        if (Alive.TryRemove(_setup.Options.Out, out var run))
            run.Dispose();
    }

    private static ImageSet Images(int count, string[] classes) => new(new(1, 1, 1), new byte[count], new int[count], classes);
}

/// <summary>Scores as they are at the moment.</summary>
internal sealed record TestScores(Scores Scores) : IRunningScores
{
    public int Images => Scores.Images;

    public Scores Read() => Scores;
}

/// <summary>Batches that nobody has to wait for.</summary>
internal sealed record TestBatches(int BatchCount) : IBatches
{
    public TimeSpan Waited => TimeSpan.Zero;
}
