namespace ModelGen.Training;

/// <summary>Lowers the learning rate along half a cosine, as PyTorch's <c>CosineAnnealingLR</c> (Loshchilov and Hutter, 2017).</summary>
/// <param name="steps">Steps to the lowest value, <c>T_max</c>.</param>
/// <param name="minFactor">The share of the rate that is left at the end, 0 to 1: <c>eta_min</c> divided by the rate.</param>
public sealed class CosineSchedule(long steps, double minFactor = 0) : LearningRateSchedule
{
    /// <inheritdoc/>
    public override double Factor(long step) => Cosine(1, minFactor, Share(step, steps));
}
