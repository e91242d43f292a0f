using ModelGen.Training.Metrics;

namespace ModelGen.Training;

/// <summary>What a classifier took the test images for, kept where the network computes.</summary>
public interface IEvaluationDetails
{
    /// <summary>What each class was taken for, and the mistakes, the surest first. Waits for the device.</summary>
    public (ConfusionMatrix Confusion, IReadOnlyList<Mistake> Mistakes) Read();
}
