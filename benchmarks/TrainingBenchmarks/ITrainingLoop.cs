using ModelGen.Training;

namespace TrainingBenchmarks;

/// <summary>A program that trains the network, as one of those that are compared.</summary>
internal interface ITrainingLoop : IDisposable
{
    /// <summary>Trains on all images once, in the order of <paramref name="epoch"/>.</summary>
    /// <returns>The mean loss and accuracy, each image judged before its own step.</returns>
    public Scores TrainEpoch(int epoch);

    /// <summary>Trains step by step, epoch after epoch from the first, for as long as the caller asks for the next loss.</summary>
    /// <returns>The mean loss of each step's batch, before the step.</returns>
    public IEnumerable<double> Losses();
}
