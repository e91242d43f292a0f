using ModelGen.Data;
using ModelGen.Training;
using ModelGen.Training.Metrics;

namespace ModelGen.Reporting.Report;

/// <summary>All that a report says of a run. The page is a function of it alone: the same content gives the same bytes.</summary>
internal sealed record ReportContent
{
    /// <summary>The network's name.</summary>
    public required string Model { get; init; }

    /// <summary>What it learned from, in a few words.</summary>
    public required string Data { get; init; }

    /// <summary>What a sample is called, in the plural.</summary>
    public string Unit { get; init; } = "images";

    /// <summary>What the samples are called that each epoch was judged by.</summary>
    public JudgingSet Judging { get; init; } = JudgingSet.Test;

    /// <summary>The network's layers as a plain-text table.</summary>
    public required string Summary { get; init; }

    /// <summary>The network as a graph.</summary>
    public required Diagram Diagram { get; init; }

    /// <summary>The finished epochs in their order, at least one. Numbers that are not finite are left out of the curves.</summary>
    public required IReadOnlyList<EpochMetrics> Epochs { get; init; }

    /// <summary>The epoch whose weights were the best, or null when none was chosen.</summary>
    public int? BestEpoch { get; init; }

    /// <summary>The names of the classes, in the order of their labels; empty for a network that tells none apart.</summary>
    public IReadOnlyList<string> Classes { get; init; } = [];

    /// <summary>What the test images of each class were taken for, or null without a test set.</summary>
    public ConfusionMatrix? Confusion { get; init; }

    /// <summary>The mistakes that the network was most sure of, the surest first; those behind the 24th are not shown.</summary>
    public IReadOnlyList<ReportMistake> Mistakes { get; init; } = [];

    /// <summary>The run's settings: names and values.</summary>
    public IReadOnlyList<(string Name, string Value)> Settings { get; init; } = [];

    /// <summary>What the run ran on: names and values.</summary>
    public IReadOnlyList<(string Name, string Value)> Environment { get; init; } = [];

    /// <summary>A class as it is called.</summary>
    public string NameOf(int label) => Classes[label];
}

/// <summary>A test image that was taken for another class than its own.</summary>
/// <param name="Pixels">The image: <c>[C, H, W]</c> row-major, 0 to 255.</param>
/// <param name="Shape">Its shape.</param>
/// <param name="Mistake">What it is, and what it was taken for.</param>
internal sealed record ReportMistake(byte[] Pixels, ImageShape Shape, Mistake Mistake);
