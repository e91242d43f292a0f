namespace ModelGen.Training;

/// <summary>
/// Raises the learning rate in a straight line before another schedule begins, as PyTorch's <c>SequentialLR</c> of <c>LinearLR</c> and that schedule: the
/// first steps of a network with random weights are wild ones.
/// </summary>
/// <param name="steps">Steps of the warm-up; behind them <paramref name="then"/> begins at its step 0.</param>
/// <param name="startFactor">The share of the rate at the first step, above 0 to 1: <c>start_factor</c>.</param>
/// <param name="then">What comes behind it.</param>
public sealed class WarmUp(long steps, double startFactor, LearningRateSchedule then) : LearningRateSchedule
{
    /// <inheritdoc/>
    public override double Factor(long step) => step < steps ? startFactor + ((1 - startFactor) * step / steps) : then.Factor(step - steps);
}
