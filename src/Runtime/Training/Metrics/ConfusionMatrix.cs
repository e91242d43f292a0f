namespace ModelGen.Training.Metrics;

/// <summary>
/// What a classifier took the samples of each class for, and what follows from it. The values are scikit-learn's for
/// <c>labels=range(classes)</c> and <c>zero_division=0</c>.
/// </summary>
public sealed class ConfusionMatrix
{
    private readonly long[,] _counts;

    /// <summary>Creates the matrix over <paramref name="counts"/>, which it keeps and does not copy.</summary>
    /// <param name="counts">How many samples of a class (row) were taken for a class (column): <c>[classes, classes]</c>, each at least 0.</param>
    /// <exception cref="ArgumentException">The matrix is not square, has no class, or counts below 0.</exception>
    public ConfusionMatrix(long[,] counts)
    {
        ArgumentNullException.ThrowIfNull(counts);
        var classes = counts.GetLength(0);
        if (classes == 0 || counts.GetLength(1) != classes)
            throw new ArgumentException($"A confusion matrix has as many rows as columns and at least one, not {classes} and {counts.GetLength(1)}.", nameof(counts));

        _counts = counts;
        var (actual, predicted) = (new long[classes], new long[classes]);
        for (var row = 0; row < classes; row++)
        {
            for (var column = 0; column < classes; column++)
            {
                if (counts[row, column] < 0)
                    throw new ArgumentException($"A confusion matrix counts samples, not {counts[row, column]} of them.", nameof(counts));
                actual[row] += counts[row, column];
                predicted[column] += counts[row, column];
            }

            Right += counts[row, row];
        }

        Samples = actual.Sum();
        PerClass = [.. Enumerable.Range(0, classes).Select(label => ScoresOf(counts[label, label], predicted[label], actual[label]))];
    }

    /// <summary>The number of classes, at least 1.</summary>
    public int Classes => PerClass.Count;

    /// <summary>All samples that were counted.</summary>
    public long Samples { get; }

    /// <summary>The samples that were taken for what they are.</summary>
    public long Right { get; }

    /// <summary>Their share: 0 to 1, and 0 without samples.</summary>
    public double Accuracy => Share(Right, Samples);

    /// <summary>The scores of each class, in the order of the labels.</summary>
    public IReadOnlyList<ClassScores> PerClass { get; }

    /// <summary>The mean of the classes' F1, each counted once however many samples it has: 0 to 1.</summary>
    public double MacroF1 => PerClass.Average(scores => scores.F1);

    /// <summary>How many samples of one class were taken for another, or for itself.</summary>
    /// <param name="actual">The class that they are of.</param>
    /// <param name="predicted">The class that they were taken for.</param>
    public long this[int actual, int predicted] => _counts[actual, predicted];

    /// <summary>The pairs of classes that are confused most, most samples first; of as many samples, the lower labels first.</summary>
    /// <param name="most">How many pairs at most.</param>
    public IReadOnlyList<ConfusedPair> MostConfused(int most)
    {
        var pairs = new List<ConfusedPair>();
        for (var actual = 0; actual < Classes; actual++)
        {
            for (var predicted = 0; predicted < Classes; predicted++)
            {
                if (actual != predicted && _counts[actual, predicted] > 0)
                    pairs.Add(new ConfusedPair(actual, predicted, _counts[actual, predicted]));
            }
        }

        // A stable sort: equal pairs stay in the order in which they were found.
        return [.. pairs.OrderByDescending(pair => pair.Samples).Take(most)];
    }

    private static ClassScores ScoresOf(long right, long predicted, long actual) =>
        new(Share(right, predicted), Share(right, actual), Share(2 * right, predicted + actual), actual);

    private static double Share(long part, long whole) => whole == 0 ? 0 : (double)part / whole;
}
