namespace ModelGen.Training;

/// <summary>
/// The learning rate range test of Smith, "Cyclical Learning Rates for Training Neural Networks" (2015): the rate grows exponentially from step to
/// step, and where the loss falls steepest against its logarithm is a good rate to train with. Smoothing, end and choice are Lightning's
/// (<c>Tuner.lr_find</c>), which has them from fast.ai, with two differences. Nothing behind the lowest loss is chosen: there a loss that has risen may
/// fall again. And a slope is taken over a tenth of the points, because from one to the next it is noise of the batches. It serves once.
/// </summary>
public sealed class LearningRateSearch
{
    // fast.ai's.
    internal const int DefaultSteps = 100;
    internal const double DefaultFrom = 1e-7;
    internal const double DefaultTo = 10;

    // A smoothed loss so many times the best is never coming back.
    internal const double Explosion = 4;

    // Of the moving average: the share of what was.
    private const double Memory = 0.98;

    // The first points are of too few losses to be smooth, and the last one stands on the cliff.
    private const int SkippedAtStart = 10;
    private const int SkippedAtEnd = 1;

    // What falls by less is noise of the batches.
    private const double LeastFall = 0.01;

    private readonly IProgress<LearningRatePoint>? _progress;
    private readonly CancellationToken _cancellation;
    private readonly List<LearningRatePoint> _points = [];
    private double _average;
    private double _best = double.PositiveInfinity;

    /// <summary>Creates a test that has taken no step.</summary>
    /// <param name="steps">Steps at most, at least 2; below 13 there are too few points for a suggestion.</param>
    /// <param name="from">The first step's learning rate, above 0, also as float32: at least 1.4e-45.</param>
    /// <param name="to">The last step's, above <paramref name="from"/>.</param>
    /// <param name="progress">Is told each step, or null.</param>
    /// <param name="cancellation">Ends the test after the step that it is in.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public LearningRateSearch(
        int steps = DefaultSteps,
        double from = DefaultFrom,
        double to = DefaultTo,
        IProgress<LearningRatePoint>? progress = null,
        CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(steps, 2);
        if (!((float)from > 0))
            throw new ArgumentOutOfRangeException(nameof(from), from, "The first learning rate must be above 0, also as float32.");
        if (!(to > from) || !double.IsFinite(to))
            throw new ArgumentOutOfRangeException(nameof(to), to, "The last learning rate must be above the first.");
        (Steps, From, To) = (steps, from, to);
        (_progress, _cancellation) = (progress, cancellation);
    }

    /// <summary>Steps at most.</summary>
    public int Steps { get; }

    /// <summary>The first step's learning rate.</summary>
    public double From { get; }

    /// <summary>The last step's learning rate.</summary>
    public double To { get; }

    /// <summary>The learning rate of the next step: <c>From * (To / From)^(step / (Steps - 1))</c>, <c>step</c> from 0.</summary>
    public double LearningRate => From * Math.Pow(To / From, (double)_points.Count / (Steps - 1));

    /// <summary>Whether a step was taken.</summary>
    public bool HasBegun => _points.Count > 0;

    /// <summary>Takes a step's loss.</summary>
    /// <param name="loss">The mean loss of the batch, before the step.</param>
    /// <returns>Whether another step is to follow; not after the last, and not when the loss has exploded.</returns>
    /// <exception cref="OperationCanceledException">The test was cancelled.</exception>
    /// <exception cref="TrainingDivergedException">The first loss is no number.</exception>
    public bool Add(double loss)
    {
        _cancellation.ThrowIfCancellationRequested();
        if (!double.IsFinite(loss))
            return HasBegun ? false : throw new TrainingDivergedException("The loss is no number from the first step on: look at the data and at the initial weights.");
        _average = (Memory * _average) + ((1 - Memory) * loss);
        // An average that starts at 0 is too low in the beginning by what is not yet in it.
        var smoothed = _average / (1 - Math.Pow(Memory, _points.Count + 1));
        _points.Add(new LearningRatePoint(LearningRate, loss, smoothed));
        _progress?.Report(_points[^1]);
        if (smoothed > Explosion * _best)
            return false;
        _best = Math.Min(_best, smoothed);
        return _points.Count < Steps;
    }

    /// <summary>What the steps show.</summary>
    public LearningRateResult Complete()
    {
        var points = _points.Skip(SkippedAtStart).SkipLast(SkippedAtEnd).ToArray();
        if (points.Length < 2)
        {
            return Without(_points.Count < Steps
                ? FormattableString.Invariant(
                    $"The loss exploded after {_points.Count} steps, which are too few to see where it falls: begin with a lower rate, or look at the data.")
                : FormattableString.Invariant(
                    $"{_points.Count} steps are too few to see where the loss falls: take at least {SkippedAtStart + SkippedAtEnd + 2}."));
        }

        var losses = Array.ConvertAll(points, point => point.Smoothed);
        if (losses.Min() > losses[0] * (1 - LeastFall))
        {
            return Without(FormattableString.Invariant(
                $"The loss hardly falls after the first {SkippedAtStart} steps: begin with a lower rate or take more steps, or look whether the network can learn at all."));
        }

        var lowest = Array.IndexOf(losses, losses.Min());
        var reach = Math.Max(1, losses.Length / 20);
        // At the very left a slope would have half the points, and twice the noise.
        var first = Math.Min(reach, lowest);
        var steepest = Enumerable.Range(first, lowest - first + 1).MinBy(i => Slope(losses, i, reach));
        return new LearningRateResult([.. _points], points[steepest].LearningRate, null);
    }

    /// <summary>The change from point to point, which stand evenly on a logarithmic axis, over <paramref name="reach"/> points to both sides where there are so many.</summary>
    private static double Slope(double[] values, int i, int reach)
    {
        var (left, right) = (Math.Max(i - reach, 0), Math.Min(i + reach, values.Length - 1));
        return (values[right] - values[left]) / (right - left);
    }

    private LearningRateResult Without(string reason) => new([.. _points], null, reason);
}
