using System.Text.Json.Serialization;

namespace ModelGen.Training;

/// <summary>One finished epoch, as <c>metrics.jsonl</c> holds it. Seconds and images per second are of the training alone, without the evaluation.</summary>
/// <param name="Epoch">From 1.</param>
/// <param name="TrainLoss">The mean loss over the training images, each judged before its own step.</param>
/// <param name="TrainAccuracy">The share of them whose class was right: 0 to 1.</param>
/// <param name="TestLoss">The mean loss over the test images after the epoch; null without any.</param>
/// <param name="TestAccuracy">The share of them whose class was right: 0 to 1; null without any.</param>
/// <param name="Seconds">How long the epoch trained.</param>
/// <param name="ImagesPerSecond">Training images shown per second; null when no time has passed.</param>
public sealed record EpochMetrics(
    int Epoch, double TrainLoss, double TrainAccuracy, double? TestLoss, double? TestAccuracy, double Seconds, double? ImagesPerSecond)
{
    /// <summary>The learning rate of the epoch's last step.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? LearningRate { get; init; }

    /// <summary>The share of the seconds in which the trainer waited for data: 0 to 1.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Waited { get; init; }
}

/// <summary>What a whole training came to.</summary>
/// <param name="Epochs">Its epochs, those before a resumption too.</param>
/// <param name="BestEpoch">The epoch whose test accuracy was the highest, the first of several; null without a test set.</param>
/// <param name="Time">How long all epochs trained, without the evaluation.</param>
/// <param name="WeightsPath">The file with the weights after the last epoch.</param>
public sealed record TrainingResult(IReadOnlyList<EpochMetrics> Epochs, EpochMetrics? BestEpoch, TimeSpan Time, string WeightsPath)
{
    /// <summary>The last epoch.</summary>
    public EpochMetrics Last => Epochs[^1];
}
