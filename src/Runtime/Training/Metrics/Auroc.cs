namespace ModelGen.Training.Metrics;

/// <summary>
/// The area under the ROC curve: the probability that a positive sample scores higher than a negative one, a tie counted as a half. Exact, by
/// ranks: (R - p(p + 1) / 2) / pn, where R sums the ranks of the p positive among all samples, ties at the mean of their ranks (the statistic of
/// Mann and Whitney, 1947). It equals scikit-learn's <c>roc_auc_score</c>.
/// </summary>
public static class Auroc
{
    /// <summary>The area of one class against the rest.</summary>
    /// <param name="scores">One score a sample, in any scale, not NaN.</param>
    /// <param name="positive">Whether each sample is of the class.</param>
    /// <returns>0 to 1, 0.5 for guessing; null when the samples are all positive or all negative, where it is not defined.</returns>
    /// <exception cref="ArgumentException">The lengths differ, or a score is NaN.</exception>
    public static double? Binary(ReadOnlySpan<float> scores, ReadOnlySpan<bool> positive)
    {
        if (scores.Length != positive.Length)
            throw new ArgumentException($"There are {scores.Length} scores of {positive.Length} samples.", nameof(positive));
        var sorted = scores.ToArray();
        var isPositive = positive.ToArray();
        Array.Sort(sorted, isPositive);
        if (sorted is [float.NaN, ..]) // Sorted before all numbers.
            throw new ArgumentException("A score is NaN.", nameof(scores));

        long positives = 0;
        var rankSum = 0.0;
        for (int first = 0, next; first < sorted.Length; first = next)
        {
            var tied = 0;
            for (next = first; next < sorted.Length && sorted[next] == sorted[first]; next++)
                tied += isPositive[next] ? 1 : 0;
            positives += tied;
            // Ranks count from 1: those of first to next - 1 have this mean.
            rankSum += tied * ((first + 1 + next) / 2.0);
        }

        var negatives = sorted.Length - positives;
        return positives == 0 || negatives == 0 ? null : (rankSum - (positives * (positives + 1) / 2.0)) / ((double)positives * negatives);
    }

    /// <summary>
    /// The mean area over the classes or labels, each against the rest. One that all samples are of, or none, has no area and does not count.
    /// </summary>
    /// <param name="scores">Row-major <c>[samples, columns]</c>: a score for each class or label.</param>
    /// <param name="positive">Row-major <c>[samples, columns]</c>: whether the sample is of it.</param>
    /// <param name="columns">The number of classes or labels, at least 1.</param>
    /// <returns>0 to 1; null when no class has an area.</returns>
    /// <exception cref="ArgumentException">The lengths differ or are no multiple of the columns, or a score is NaN.</exception>
    public static double? Macro(ReadOnlySpan<float> scores, ReadOnlySpan<bool> positive, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(columns, 1);
        if (scores.Length != positive.Length || scores.Length % columns != 0)
            throw new ArgumentException($"{scores.Length} scores and {positive.Length} flags are no rows of {columns}.", nameof(positive));
        var column = new float[scores.Length / columns];
        var isPositive = new bool[column.Length];
        var (sum, counted) = (0.0, 0);
        for (var c = 0; c < columns; c++)
        {
            for (var row = 0; row < column.Length; row++)
                (column[row], isPositive[row]) = (scores[(row * columns) + c], positive[(row * columns) + c]);
            if (Binary(column, isPositive) is not { } area)
                continue;
            sum += area;
            counted++;
        }

        return counted == 0 ? null : sum / counted;
    }
}
