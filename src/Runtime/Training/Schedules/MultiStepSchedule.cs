namespace ModelGen.Training;

/// <summary>Multiplies the learning rate by <paramref name="gamma"/> at each of some steps, as PyTorch's <c>MultiStepLR</c>.</summary>
/// <param name="milestones">The steps, in any order.</param>
/// <param name="gamma">The factor, above 0.</param>
public sealed class MultiStepSchedule(IReadOnlyList<long> milestones, double gamma) : LearningRateSchedule
{
    /// <inheritdoc/>
    public override double Factor(long step) => Math.Pow(gamma, milestones.Count(milestone => milestone <= step));
}
