namespace ModelGen.Data;

/// <summary>Rows of numbers in memory, each with the class that it has or with the numbers that it is to predict.</summary>
public sealed class TableSet
{
    private readonly float[] _features;
    private readonly int[] _labels;
    private readonly float[] _targets;

    /// <summary>Rows that have a class each. The arrays are kept and not copied.</summary>
    /// <param name="features">Row after row: <c>[N, F]</c>.</param>
    /// <param name="labels">One class per row: 0 to <c>classes.Count - 1</c>.</param>
    /// <param name="classes">The names of the classes, in the order of their labels.</param>
    /// <exception cref="ArgumentException">The features are no whole number of values for each row, or a label is out of range.</exception>
    public TableSet(float[] features, int[] labels, IReadOnlyList<string> classes)
        : this(features, labels, [], labels?.Length ?? 0, classes)
    {
        if (labels!.Any(label => label < 0 || label >= classes.Count))
            throw new ArgumentException($"A label is not 0 to {classes.Count - 1}.", nameof(labels));
    }

    /// <summary>Rows with numbers to predict. The arrays are kept and not copied.</summary>
    /// <param name="features">Row after row: <c>[N, F]</c>.</param>
    /// <param name="targets">The same: <c>[N, T]</c>.</param>
    /// <param name="targetCount">T, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="targetCount"/> is below 1.</exception>
    /// <exception cref="ArgumentException">The features or the targets are no whole number of values for each row.</exception>
    public TableSet(float[] features, float[] targets, int targetCount)
        : this(features, [], targets, Rows(targets, targetCount), []) => TargetCount = targetCount;

    private TableSet(float[] features, int[] labels, float[] targets, int count, IReadOnlyList<string> classes)
    {
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentNullException.ThrowIfNull(targets);
        ArgumentNullException.ThrowIfNull(classes);
        if (count == 0 ? features.Length > 0 : features.Length % count > 0)
            throw new ArgumentException($"{features.Length} values are not the same number for each of {count} rows.", nameof(features));
        (_features, _labels, _targets, Count, Classes) = (features, labels, targets, count, classes);
        FeatureCount = count == 0 ? 0 : features.Length / count;
    }

    /// <summary>The number of rows.</summary>
    public int Count { get; }

    /// <summary>The features of a row: F.</summary>
    public int FeatureCount { get; }

    /// <summary>The numbers to predict for a row: T; 0 where rows have classes.</summary>
    public int TargetCount { get; }

    /// <summary>The names of the classes, in the order of their labels; empty where rows have targets.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>The features of row <paramref name="index"/>: <c>[F]</c>.</summary>
    public ReadOnlySpan<float> Features(int index) => _features.AsSpan(index * FeatureCount, FeatureCount);

    /// <summary>The class of row <paramref name="index"/>.</summary>
    public int Label(int index) => _labels[index];

    /// <summary>The targets of row <paramref name="index"/>: <c>[T]</c>.</summary>
    public ReadOnlySpan<float> Targets(int index) => _targets.AsSpan(index * TargetCount, TargetCount);

    /// <summary>The rows at some places, in their order.</summary>
    internal TableSet At(int[] rows)
    {
        float[] features = [.. rows.SelectMany(row => Features(row).ToArray())];
        return TargetCount == 0
            ? new TableSet(features, [.. rows.Select(Label)], Classes)
            : new TableSet(features, [.. rows.SelectMany(row => Targets(row).ToArray())], TargetCount);
    }

    private static int Rows(float[] targets, int targetCount)
    {
        ArgumentNullException.ThrowIfNull(targets);
        ArgumentOutOfRangeException.ThrowIfLessThan(targetCount, 1);
        return targets.Length % targetCount == 0 ? targets.Length / targetCount
            : throw new ArgumentException($"{targets.Length} values are no rows of {targetCount} targets.", nameof(targets));
    }
}
