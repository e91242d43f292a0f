namespace ModelGen.Training;

/// <summary>What a training run starts from; <see cref="TrainingRun.Start"/> explains each part.</summary>
internal sealed record RunSetup(
    string Model,
    long Parameters,
    IReadOnlyList<string> Spec,
    TrainingOptions Options,
    string Device,
    int TrainImages,
    int TestImages,
    IReadOnlyList<string> Classes,
    string DataDescription,
    string DataHash);
