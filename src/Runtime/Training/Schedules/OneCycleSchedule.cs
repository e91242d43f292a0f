namespace ModelGen.Training;

/// <summary>
/// Raises the learning rate from a small one to the full one and lowers it to almost nothing, along half a cosine each, as PyTorch's
/// <c>OneCycleLR</c> with <c>cycle_momentum=False</c> (Smith and Topin, 2018). The learning rate is its <c>max_lr</c>.
/// </summary>
/// <param name="steps">Steps of the whole cycle, <c>total_steps</c>.</param>
/// <param name="pctStart">The share of them that raises the rate, above 0 and below 1.</param>
/// <param name="divFactor">How many times smaller the first rate is than the full one, above 0.</param>
/// <param name="finalDivFactor">How many times smaller the last rate is than the first, above 0.</param>
public sealed class OneCycleSchedule(long steps, double pctStart = 0.3, double divFactor = 25, double finalDivFactor = 1e4) : LearningRateSchedule
{
    /// <inheritdoc/>
    public override double Factor(long step)
    {
        // PyTorch's last step of a part is one before its length, and the peak may lie between two steps.
        var (first, peak, end) = (1 / divFactor, (steps * pctStart) - 1, steps - 1.0);
        return step < peak
            ? Cosine(first, 1, Share(step, peak))
            : Cosine(1, first / finalDivFactor, Share(step - peak, end - peak));
    }
}
