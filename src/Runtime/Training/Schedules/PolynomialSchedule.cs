namespace ModelGen.Training;

/// <summary>Lowers the learning rate to zero as a power of what is left, as PyTorch's <c>PolynomialLR</c>: <c>(1 - step / steps) ^ power</c>.</summary>
/// <param name="steps">Steps to zero, <c>total_iters</c>.</param>
/// <param name="power">The power, above 0; 1 is a straight line.</param>
public sealed class PolynomialSchedule(long steps, double power = 1) : LearningRateSchedule
{
    /// <inheritdoc/>
    public override double Factor(long step) => Math.Pow(1 - Share(step, steps), power);
}
