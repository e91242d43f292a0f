namespace ModelGen.Training;

/// <summary>A score that tells the best epoch.</summary>
public enum MonitoredScore
{
    /// <summary>The test accuracy: the higher the better.</summary>
    Accuracy,

    /// <summary>The test loss: the lower the better.</summary>
    Loss,
}

/// <summary>Tells better epochs from worse ones by their test scores.</summary>
/// <param name="Monitor">The score that counts.</param>
/// <param name="MinDelta">How much better than the best a score must be to count as an improvement.</param>
internal readonly record struct EpochJudge(MonitoredScore Monitor, double MinDelta)
{
    /// <summary>What the score is called.</summary>
    public string Word => Monitor == MonitoredScore.Loss ? "loss" : "accuracy";

    /// <summary>The best epoch, the first of several that are equal; null when none was tested.</summary>
    public EpochMetrics? Best(IReadOnlyList<EpochMetrics> epochs)
    {
        var judge = this;
        return epochs.Where(epoch => judge.Score(epoch) is not null).MaxBy(epoch => judge.Score(epoch));
    }

    /// <summary>How many epochs came after the last one that was better than all before it.</summary>
    public int EpochsSinceImprovement(IReadOnlyList<EpochMetrics> epochs)
    {
        var (best, since) = (double.NegativeInfinity, 0);
        foreach (var epoch in epochs)
        {
            since++;
            if (Score(epoch) is { } score && score > best + MinDelta)
                (best, since) = (score, 0);
        }

        return since;
    }

    /// <summary>The higher the better.</summary>
    private double? Score(EpochMetrics epoch) => Monitor == MonitoredScore.Loss ? -epoch.TestLoss : epoch.TestAccuracy;
}
