using ModelGen.Reporting;
using ModelGen.Training;

namespace ModelGen.Tests.Training;

/// <summary>A run of a network of one number, with a clock that stands still unless it is moved.</summary>
internal sealed class TestRun
{
    private readonly RunSetup _setup;
    private readonly IProgress<TrainingEvent> _listener;

    public TestRun(TestOptions options, RecordingTerminal? terminal = null)
    {
        Terminal = terminal ?? new RecordingTerminal();
        _listener = new TrainingConsole(Terminal.Terminal, options.Progress);
        _setup = new RunSetup("TestNet", 29034, ["fc linear 10"], options, "cpu", 1000, 200, ["cat", "Straße"], "drawn digits", "5eed");
    }

    public RecordingTerminal Terminal { get; }

    public ManualTime Time { get; } = new();

    public TestState State { get; init; } = new();

    public CancellationTokenSource Stop { get; } = new();

    /// <summary>The run, begun.</summary>
    public TrainingRun Start(Func<RunSetup, RunSetup>? change = null)
    {
        var run = new TrainingRun(change is null ? _setup : change(_setup), _listener, Time, Stop.Token);
        run.Begin(State);
        return run;
    }
}

/// <summary>Scores as they are at the moment.</summary>
internal sealed record TestScores(Scores Scores) : IRunningScores
{
    public int Images => Scores.Images;

    public Scores Read() => Scores;
}
