namespace ModelGen.Training;

/// <summary>
/// What a run tells whoever listens (<see cref="IProgress{T}"/>), in this order: <see cref="RunStarted"/>; for each epoch any number of
/// <see cref="BatchTrained"/>, one <see cref="EpochTrained"/> and one <see cref="EpochCompleted"/>; <see cref="RunCompleted"/>. A
/// <see cref="RunNoted"/> and a <see cref="CheckpointSaved"/> can come in between.
/// </summary>
public abstract record TrainingEvent;

/// <summary>The run begins, or goes on where an earlier one stopped.</summary>
/// <param name="Model">The network's name.</param>
/// <param name="Parameters">How many numbers it learns.</param>
/// <param name="Data">What it learns from, as one line.</param>
/// <param name="Device">Where it computes: <c>cpu</c>, <c>cuda:0</c>.</param>
/// <param name="Options">What the run may set.</param>
/// <param name="Resumed">Where it goes on, as in <c>epoch 3, batch 120</c>; null for a run from the start.</param>
public sealed record RunStarted(string Model, long Parameters, string Data, string Device, TrainingOptions Options, string? Resumed) : TrainingEvent
{
    /// <summary>What a sample is called, in the plural: <c>images</c>, <c>rows</c>.</summary>
    public string Unit { get; init; } = "images";

    /// <summary>What the samples are called that each epoch is judged by.</summary>
    internal JudgingSet Judging { get; init; } = JudgingSet.Test;
}

/// <summary>So much of an epoch is trained. It comes at most ten times a second: to know the scores is to wait for the device.</summary>
/// <param name="Epoch">From 1.</param>
/// <param name="Epochs">How many there will be.</param>
/// <param name="Batch">Batches done in this epoch: 0 to <paramref name="Batches"/>.</param>
/// <param name="Batches">Batches in this epoch.</param>
/// <param name="Scores">The scores over the batches done; null before the first.</param>
/// <param name="Elapsed">Since the epoch began, in this process.</param>
/// <param name="Images">The images shown in that time; fewer than the scores are over when the epoch was resumed.</param>
/// <param name="Waited">The share of that time in which the loop waited for data: 0 to 1; null when no time has passed.</param>
public sealed record BatchTrained(int Epoch, int Epochs, int Batch, int Batches, Scores? Scores, TimeSpan Elapsed, long Images, double? Waited) : TrainingEvent;

/// <summary>All batches of an epoch are trained; what follows is its evaluation.</summary>
/// <param name="Epoch">From 1.</param>
/// <param name="Epochs">How many there will be.</param>
/// <param name="Batches">Batches in this epoch.</param>
public sealed record EpochTrained(int Epoch, int Epochs, int Batches) : TrainingEvent;

/// <summary>An epoch is trained, evaluated and saved.</summary>
/// <param name="Metrics">What it came to.</param>
/// <param name="Epochs">How many there will be.</param>
/// <param name="Batches">Batches in this epoch.</param>
public sealed record EpochCompleted(EpochMetrics Metrics, int Epochs, int Batches) : TrainingEvent;

/// <summary>A checkpoint is written: from here on a run that stops goes on there.</summary>
/// <param name="Path">The file.</param>
public sealed record CheckpointSaved(string Path) : TrainingEvent;

/// <summary>Something that a person should know although the run goes on.</summary>
/// <param name="Text">One sentence.</param>
public sealed record RunNoted(string Text) : TrainingEvent;

/// <summary>The run is complete and all its files are written.</summary>
/// <param name="Result">What it came to.</param>
public sealed record RunCompleted(TrainingResult Result) : TrainingEvent;
