namespace TrainingBenchmarks;

/// <summary>A program that trains the network, as one of those that are compared.</summary>
internal interface ITrainingLoop : IDisposable
{
    /// <summary>What the tables call it.</summary>
    public string Name { get; }

    /// <summary>Trains on all images once, in the order of <paramref name="epoch"/>.</summary>
    public TrainedEpoch TrainEpoch(int epoch);

    /// <summary>Trains so many steps, epoch after epoch from the first.</summary>
    /// <returns>The mean loss of each step's batch, before the step.</returns>
    public double[] Losses(int steps);
}

/// <summary>An epoch that was trained.</summary>
/// <param name="Loss">The mean loss, each image judged before its own step.</param>
/// <param name="Seconds">What it took.</param>
internal readonly record struct TrainedEpoch(double Loss, double Seconds);
