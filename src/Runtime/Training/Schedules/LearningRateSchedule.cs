namespace ModelGen.Training;

/// <summary>
/// What becomes of the learning rate in the course of a run: a factor for each optimisation step. It is a function of the step alone, so
/// there is nothing to save, and a run that goes on computes what one that never stopped does. The values are those of PyTorch's schedulers.
/// </summary>
public abstract class LearningRateSchedule
{
    private protected LearningRateSchedule()
    {
    }

    /// <summary>What the learning rate is multiplied by at a step.</summary>
    /// <param name="step">The steps done before, from 0. Behind the schedule's end it stays at its last value.</param>
    public abstract double Factor(long step);

    /// <summary>A time in epochs as the nearest number of steps, at least 0.</summary>
    /// <param name="epochs">Epochs, also parts of one; below 0, where a run is shorter than what comes before, counts as 0.</param>
    /// <param name="stepsPerEpoch">Optimisation steps in an epoch.</param>
    public static long Steps(double epochs, long stepsPerEpoch) => Math.Max(0, (long)Math.Round(epochs * stepsPerEpoch, MidpointRounding.AwayFromZero));

    /// <summary>How much of a time is over, from 0 to 1; a time of no steps is.</summary>
    private protected static double Share(double step, double steps) => step >= steps ? 1 : step / steps;

    /// <summary>From one value to another along half a cosine: slowly at both ends.</summary>
    private protected static double Cosine(double from, double to, double share) => to + ((from - to) / 2 * (1 + Math.Cos(Math.PI * share)));
}
