namespace ModelGen.Training.Checkpoints;

/// <summary>What a checkpoint says beside its tensors: where the run is, and what it must be for the run to go on.</summary>
/// <param name="Format">The layout of this header: <see cref="CurrentFormat"/>.</param>
/// <param name="Model">The network's name.</param>
/// <param name="Spec">The network and how it is trained, line by line.</param>
/// <param name="Data">What it learns from, as one line.</param>
/// <param name="DataHash">SHA-256 of all images and labels, in hexadecimal.</param>
/// <param name="Settings">The options of the run by their names on the command line, without dashes.</param>
/// <param name="Epoch">The epoch that the run is in, from 1; the one after the last when it is complete.</param>
/// <param name="Batch">Batches done in that epoch.</param>
/// <param name="Images">Images shown in them.</param>
/// <param name="Seconds">How long that epoch has trained so far.</param>
/// <param name="Steps">Optimisation steps taken so far.</param>
/// <param name="Epochs">The finished epochs.</param>
internal sealed record CheckpointHeader(
    int Format,
    string Model,
    IReadOnlyList<string> Spec,
    string Data,
    string DataHash,
    IReadOnlyDictionary<string, string> Settings,
    int Epoch,
    int Batch,
    long Images,
    double Seconds,
    long Steps,
    IReadOnlyList<EpochMetrics> Epochs)
{
    /// <summary>The layout that this version writes, and the only one that it reads.</summary>
    public const int CurrentFormat = 1;
}
