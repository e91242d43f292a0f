using ModelGen.Training;
using ModelGen.Training.Metrics;

namespace ModelGen.Cpu;

/// <summary>What a classifier takes the samples of each class for, and the mistakes that it is most sure of, over one evaluation.</summary>
public sealed class EvaluationDetails : IEvaluationDetails
{
    private readonly long[,] _counts;
    private readonly int _keep;
    private readonly List<Mistake> _mistakes; // the surest first
    private int _samples;

    /// <summary>Starts at zero samples.</summary>
    /// <param name="classes">How many classes are told apart: at least 1.</param>
    /// <param name="keep">How many mistakes to keep: at least 0.</param>
    public EvaluationDetails(int classes, int keep)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(classes, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(keep);
        _counts = new long[classes, classes];
        _keep = keep;
        _mistakes = new List<Mistake>(keep + 1);
    }

    /// <summary>Starts again at zero samples.</summary>
    public void Reset()
    {
        Array.Clear(_counts);
        _mistakes.Clear();
        _samples = 0;
    }

    /// <summary>Adds the next batch of the data, in its order.</summary>
    /// <param name="probabilities">What the network gives each class: <c>[N, classes]</c>, 0 to 1.</param>
    /// <param name="labels">The right classes: <c>[N]</c>, 0 to classes - 1.</param>
    public void Add(ReadOnlySpan<float> probabilities, ReadOnlySpan<int> labels)
    {
        var classes = _counts.GetLength(0);
        foreach (var label in labels)
        {
            var (answer, probability) = Classes.MostLikely(probabilities[..classes]);
            probabilities = probabilities[classes..];
            _counts[label, answer]++;
            if (answer != label)
                Keep(new Mistake(_samples, label, answer, probability));
            _samples++;
        }
    }

    /// <summary>The confusion matrix, and the mistakes, the surest first.</summary>
    public (ConfusionMatrix Confusion, IReadOnlyList<Mistake> Mistakes) Read() => (new ConfusionMatrix((long[,])_counts.Clone()), [.. _mistakes]);

    // Of equally sure mistakes the earlier sample stays.
    private void Keep(Mistake mistake)
    {
        var place = _mistakes.Count;
        while (place > 0 && _mistakes[place - 1].Probability < mistake.Probability)
            place--;
        if (place == _keep)
            return;
        _mistakes.Insert(place, mistake);
        if (_mistakes.Count > _keep)
            _mistakes.RemoveAt(_keep);
    }
}
