namespace ModelGen.Training;

/// <summary>One step of a range test.</summary>
/// <param name="LearningRate">The step's size, above 0.</param>
/// <param name="Loss">The mean loss of its batch, before the step.</param>
/// <param name="Smoothed">The losses so far as a moving average, in which the latest count most.</param>
public sealed record LearningRatePoint(double LearningRate, double Loss, double Smoothed);

/// <summary>What a range test found.</summary>
/// <param name="Points">Its steps, by growing learning rate.</param>
/// <param name="Suggestion">The learning rate to begin with; null if the curve does not show one.</param>
/// <param name="Reason">Why there is no suggestion, as one sentence; null if there is one.</param>
public sealed record LearningRateResult(IReadOnlyList<LearningRatePoint> Points, double? Suggestion, string? Reason)
{
    /// <summary>The highest loss worth drawing: where the curve leaves the picture when it explodes. There is a point.</summary>
    internal double Ceiling => Math.Min(Points.Max(point => point.Smoothed), LearningRateSearch.Explosion * Points.Min(point => point.Smoothed));
}
