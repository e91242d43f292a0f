namespace ModelGen.Training;

/// <summary>The learning rate as it is: what a warm-up may lead to.</summary>
public sealed class ConstantSchedule : LearningRateSchedule
{
    /// <inheritdoc/>
    public override double Factor(long step) => 1;
}
