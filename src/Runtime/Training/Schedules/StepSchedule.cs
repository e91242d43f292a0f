namespace ModelGen.Training;

/// <summary>Multiplies the learning rate by <paramref name="gamma"/> every so many steps, as PyTorch's <c>StepLR</c>.</summary>
/// <param name="steps">Steps from one change to the next; less than 1 counts as 1.</param>
/// <param name="gamma">The factor, above 0.</param>
public sealed class StepSchedule(long steps, double gamma) : LearningRateSchedule
{
    private readonly long _steps = Math.Max(1, steps);

    /// <inheritdoc/>
    public override double Factor(long step) => Math.Pow(gamma, step / _steps);
}
