namespace ModelGen.Training;

/// <summary>
/// Multiplies the learning rate by <paramref name="gamma"/> in the course of so many steps, at each by the same factor: PyTorch's <c>ExponentialLR</c>
/// with the root of gamma.
/// </summary>
/// <param name="steps">Steps in which the rate changes by gamma, usually an epoch; less than 1 counts as 1.</param>
/// <param name="gamma">The factor, above 0.</param>
public sealed class ExponentialSchedule(long steps, double gamma) : LearningRateSchedule
{
    private readonly long _steps = Math.Max(1, steps);

    /// <inheritdoc/>
    public override double Factor(long step) => Math.Pow(gamma, (double)step / _steps);
}
