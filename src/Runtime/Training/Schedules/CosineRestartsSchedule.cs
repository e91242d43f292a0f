namespace ModelGen.Training;

/// <summary>
/// Lowers the learning rate along half a cosine and starts again, each time for longer, as PyTorch's <c>CosineAnnealingWarmRestarts</c>
/// (Loshchilov and Hutter, 2017).
/// </summary>
/// <param name="steps">Steps to the first restart, <c>T_0</c>; less than 1 counts as 1.</param>
/// <param name="restartFactor">How many times longer each time is than the one before, at least 1: <c>T_mult</c>.</param>
/// <param name="minFactor">The share of the rate that is left before a restart, 0 to 1: <c>eta_min</c> divided by the rate.</param>
/// <exception cref="ArgumentOutOfRangeException"><paramref name="restartFactor"/> is below 1.</exception>
public sealed class CosineRestartsSchedule(long steps, int restartFactor = 1, double minFactor = 0) : LearningRateSchedule
{
    private readonly long _steps = Math.Max(1, steps);
    private readonly int _restartFactor = restartFactor >= 1
        ? restartFactor
        : throw new ArgumentOutOfRangeException(nameof(restartFactor), restartFactor, "Each time is at least as long as the one before: 1 or more.");

    /// <inheritdoc/>
    public override double Factor(long step)
    {
        var length = _steps;
        if (_restartFactor == 1)
            step %= length;
        while (step >= length)
        {
            step -= length;
            length *= _restartFactor;
        }

        return Cosine(1, minFactor, Share(step, length));
    }
}
