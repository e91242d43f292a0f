using ModelGen.Reporting;

namespace ModelGen.Training;

/// <summary>What a training run starts from; <see cref="TrainingRun.Start(string, long, TrainingOptions, string, Data.ImageData)"/> explains each part.</summary>
internal sealed record RunSetup(
    string Model,
    long Parameters,
    TrainingOptions Options,
    string Device,
    int TrainImages,
    int TestImages,
    IReadOnlyList<string> Classes,
    string DataDescription)
{
    /// <summary>The lines that a run begins with.</summary>
    public IEnumerable<string> Header() =>
    [
        $"{Model}: {Quantity.Count(Parameters)} parameters",
        $"Data: {DataDescription}",
        FormattableString.Invariant($"Run: {Device}, seed {Options.Seed}, epochs {Options.Epochs}, batch size {Options.BatchSize}, into {Options.Out}"),
    ];
}
