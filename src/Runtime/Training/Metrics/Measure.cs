namespace ModelGen.Training.Metrics;

/// <summary>A number beside the loss that a task may have, and what shows and records it. Where it is null, nothing is shown.</summary>
/// <param name="Name">As a line of the terminal has it: <c>acc</c>.</param>
/// <param name="Words">As people read it: <c>accuracy</c>.</param>
/// <param name="IsShare">Whether it is a share, 0 to 1, which reads well as a percentage.</param>
/// <param name="Of">Its value among scores.</param>
/// <param name="Trained">Its value over the training samples of an epoch.</param>
/// <param name="Tested">Its value over the test samples after an epoch.</param>
internal sealed record Measure(
    string Name, string Words, bool IsShare, Func<Scores, double?> Of, Func<EpochMetrics, double?> Trained, Func<EpochMetrics, double?> Tested)
{
    /// <summary>All of them, those first that say the most.</summary>
    public static IReadOnlyList<Measure> All { get; } =
    [
        new("acc", "accuracy", true, scores => scores.Accuracy, epoch => epoch.TrainAccuracy, epoch => epoch.TestAccuracy),
        new("top-k", "top-k accuracy", true, scores => scores.TopK, epoch => epoch.TrainTopK, epoch => epoch.TestTopK),
        new("mae", "MAE", false, scores => scores.Mae, epoch => epoch.TrainMae, epoch => epoch.TestMae),
        new("rmse", "RMSE", false, scores => scores.Rmse, epoch => epoch.TrainRmse, epoch => epoch.TestRmse),
        new("r2", "R2", false, scores => scores.R2, epoch => epoch.TrainR2, epoch => epoch.TestR2),
        new("auroc", "AUROC", false, scores => scores.Auroc, _ => null, epoch => epoch.TestAuroc),
    ];
}
