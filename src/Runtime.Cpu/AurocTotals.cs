using System.Runtime.InteropServices;
using ModelGen.Training.Metrics;

namespace ModelGen.Cpu;

/// <summary>The exact area under the ROC curve over many batches. It needs all scores at once, and keeps them: 5 bytes a class or label and sample.</summary>
/// <param name="columns">How many classes or labels there are: at least 1.</param>
public sealed class AurocTotals(int columns)
{
    private readonly List<float> _scores = [];
    private readonly List<bool> _positive = [];

    /// <summary>Adds a batch of samples that have one class each.</summary>
    /// <param name="scores">The network's scores: <c>[N, classes]</c>.</param>
    /// <param name="labels">The right classes: <c>[N]</c>.</param>
    public void Add(ReadOnlySpan<float> scores, ReadOnlySpan<int> labels)
    {
        _scores.AddRange(scores);
        foreach (var label in labels)
        {
            for (var column = 0; column < columns; column++)
                _positive.Add(column == label);
        }
    }

    /// <summary>Adds a batch of samples for each of which any number of labels hold.</summary>
    /// <param name="scores">The network's scores: <c>[N, labels]</c>.</param>
    /// <param name="targets">Whether each label holds, anything but 0: <c>[N, labels]</c>.</param>
    public void Add(ReadOnlySpan<float> scores, ReadOnlySpan<float> targets)
    {
        _scores.AddRange(scores);
        foreach (var target in targets)
            _positive.Add(target != 0);
    }

    /// <summary>
    /// The area, or the mean of the classes' or labels' areas, each against the rest: 0 to 1; null where none is defined, see
    /// <see cref="Auroc.Macro"/>.
    /// </summary>
    /// <exception cref="InvalidOperationException">Nothing was added.</exception>
    /// <exception cref="ArgumentException">A score is NaN.</exception>
    public double? Read() => _scores.Count == 0
        ? throw new InvalidOperationException("There is no area before the first batch.")
        : Auroc.Macro(CollectionsMarshal.AsSpan(_scores), CollectionsMarshal.AsSpan(_positive), columns);
}
