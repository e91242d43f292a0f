using ModelGen.Reporting;

namespace ModelGen.Training;

/// <summary>What a training run starts from.</summary>
public sealed record RunSetup
{
    /// <summary>The network's name.</summary>
    public required string Model { get; init; }

    /// <summary>How many numbers it learns.</summary>
    public required long Parameters { get; init; }

    /// <summary>Its layers as a plain-text table.</summary>
    public required string Summary { get; init; }

    /// <summary>What is trained and how, line by line: with the summary, what must be the same for a run to be resumed.</summary>
    public required string Recipe { get; init; }

    /// <summary>The network as a graph, for the report.</summary>
    public required Diagram Diagram { get; init; }

    /// <summary>What the run may set.</summary>
    public required TrainingOptions Options { get; init; }

    /// <summary>The device that was chosen, such as <c>cpu</c> or <c>cuda:0</c>.</summary>
    public required string Device { get; init; }

    /// <summary>What it learns from, and what each epoch is tested with.</summary>
    public required RunData Data { get; init; }

    /// <summary>Whether the number of epochs decides how the learning rate falls: then a run can't be resumed for more of them.</summary>
    public bool SpansRun { get; init; }

    /// <summary>Which of the test scores tells the best epoch and an improvement.</summary>
    public MonitoredScore Monitor { get; init; } = MonitoredScore.Accuracy;

    /// <summary>Epochs without an improvement after which the run stops, at least 1; null for never.</summary>
    public int? Patience { get; init; }

    /// <summary>How much better than the best a score must be to count as an improvement: at least 0.</summary>
    public double MinDelta { get; init; }

    /// <summary>Judges the epochs.</summary>
    internal EpochJudge Judge => new(Monitor, MinDelta);

    /// <summary>The names of the classes, in the order of their labels; empty where none are told apart.</summary>
    internal IReadOnlyList<string> Classes => Data.Classes;

    /// <summary>The network and how it is trained, line by line.</summary>
    internal IReadOnlyList<string> Spec => [.. Summary.Split('\n'), .. Recipe.Split('\n')];
}
