using ModelGen.Reporting;

namespace ModelGen.Training;

/// <summary>What a training run starts from; <see cref="TrainingRun.Start(string, long, TrainingOptions, string, int, int, IReadOnlyList{string}, string)"/> explains each part.</summary>
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
        $"Data: {DataDescription}; {Quantity.Count(TrainImages)} training and {Quantity.Count(TestImages)} test images, {Classes.Count} classes",
        FormattableString.Invariant($"Run: {Device}, seed {Options.Seed}, epochs {Options.Epochs}, batch size {Options.BatchSize}, into {Options.Out}"),
    ];
}
