namespace ModelGen.Data;

/// <summary>What a run must know of the batches that it is trained with.</summary>
public interface IBatches
{
    /// <summary>The number of batches in an epoch.</summary>
    public int BatchCount { get; }

    /// <summary>How long the loop has waited for batches so far, all epochs together.</summary>
    public TimeSpan Waited { get; }
}
