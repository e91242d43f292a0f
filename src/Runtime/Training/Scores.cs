namespace ModelGen.Training;

/// <summary>How a network did over a number of samples. What a task does not measure is null.</summary>
/// <param name="Loss">The mean loss per sample; where classes have weights, the samples' losses, weighted, by the sum of their weights.</param>
/// <param name="Accuracy">
/// The share of right answers, 0 to 1: of samples whose most likely class is the right one; or, where several labels can hold, of all answers, one
/// for each sample and label.
/// </param>
/// <param name="Images">The number of samples, images or rows of a table: at least 1.</param>
public readonly record struct Scores(double Loss, double? Accuracy, int Images)
{
    /// <summary>The share of samples whose class is among the highest scores, as many as the spec's <c>top_k</c>: 0 to 1.</summary>
    public double? TopK { get; init; }

    /// <summary>The mean absolute error, in the targets' unit: at least 0.</summary>
    public double? Mae { get; init; }

    /// <summary>The root of the mean squared error over all values, in the targets' unit: at least 0.</summary>
    public double? Rmse { get; init; }

    /// <summary>
    /// The coefficient of determination, 1 - (squared errors) / (squared distances of the targets from their mean): at most 1, and 0 for always
    /// predicting the mean. Of several targets a sample it is the mean of theirs. A target that never changes has 1 when it is met exactly and else 0,
    /// as scikit-learn's <c>r2_score</c>.
    /// </summary>
    public double? R2 { get; init; }

    /// <summary>The mean of the labels' areas under their ROC curves: 0 to 1, and 0.5 for guessing.</summary>
    public double? Auroc { get; init; }
}
