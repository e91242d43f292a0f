using System.Text.Json.Serialization;

namespace ModelGen.Training;

/// <summary>One finished epoch, as <c>metrics.jsonl</c> holds it. Seconds and images per second are of the training alone, without the evaluation.</summary>
/// <param name="Epoch">From 1.</param>
/// <param name="TrainLoss">The mean loss over the training samples, each judged before its own step.</param>
/// <param name="TrainAccuracy">The share of right answers among them, 0 to 1; null where the task has none.</param>
/// <param name="TestLoss">The mean loss over the test samples after the epoch; null without any.</param>
/// <param name="TestAccuracy">The share of right answers among them, 0 to 1; null without any, or where the task has none.</param>
/// <param name="Seconds">How long the epoch trained.</param>
/// <param name="ImagesPerSecond">Training samples shown per second; null when no time has passed.</param>
public sealed record EpochMetrics(
    int Epoch,
    double TrainLoss,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? TrainAccuracy,
    double? TestLoss,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? TestAccuracy,
    double Seconds,
    double? ImagesPerSecond)
{
    /// <summary>The learning rate of the epoch's last step.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? LearningRate { get; init; }

    /// <summary>The share of the seconds in which the trainer waited for data: 0 to 1.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Waited { get; init; }

    /// <summary>Over the training samples, the share whose class is among the highest scores, 0 to 1; null where the spec has no <c>top_k</c>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? TrainTopK { get; init; }

    /// <summary>Over the test samples, the share whose class is among the highest scores, 0 to 1; null where the spec or the run has none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? TestTopK { get; init; }

    /// <summary>Over the training samples, the mean absolute error, in the targets' unit; null where the task has none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? TrainMae { get; init; }

    /// <summary>Over the test samples, the mean absolute error, in the targets' unit; null where the task or the run has none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? TestMae { get; init; }

    /// <summary>Over the training samples, the root of the mean squared error, in the targets' unit; null where the task has none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? TrainRmse { get; init; }

    /// <summary>Over the test samples, the root of the mean squared error, in the targets' unit; null where the task or the run has none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? TestRmse { get; init; }

    /// <summary>Over the training samples, the coefficient of determination, at most 1; null where the task has none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? TrainR2 { get; init; }

    /// <summary>Over the test samples, the coefficient of determination, at most 1; null where the task or the run has none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? TestR2 { get; init; }

    /// <summary>Over the test samples, the mean of the labels' areas under their ROC curves, 0 to 1; null where the task or the run has none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? TestAuroc { get; init; }

    /// <summary>The epoch with all that the scores have beside loss and accuracy.</summary>
    internal EpochMetrics With(Scores trained, Scores? tested) => this with
    {
        TrainTopK = trained.TopK,
        TestTopK = tested?.TopK,
        TrainMae = trained.Mae,
        TestMae = tested?.Mae,
        TrainRmse = trained.Rmse,
        TestRmse = tested?.Rmse,
        TrainR2 = trained.R2,
        TestR2 = tested?.R2,
        TestAuroc = tested?.Auroc,
    };
}

/// <summary>What a whole training came to.</summary>
/// <param name="Epochs">Its epochs, those before a resumption too.</param>
/// <param name="BestEpoch">The epoch with the best of the score that the spec monitors, the first of several; null without a test set.</param>
/// <param name="Time">How long all epochs trained, without the evaluation.</param>
/// <param name="WeightsPath">The file with the weights after the last epoch.</param>
public sealed record TrainingResult(IReadOnlyList<EpochMetrics> Epochs, EpochMetrics? BestEpoch, TimeSpan Time, string WeightsPath)
{
    /// <summary>The last epoch.</summary>
    public EpochMetrics Last => Epochs[^1];
}
