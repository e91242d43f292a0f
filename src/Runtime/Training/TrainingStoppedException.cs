namespace ModelGen.Training;

/// <summary>A run was asked to stop, wrote its checkpoint and did.</summary>
public sealed class TrainingStoppedException : OperationCanceledException
{
    internal TrainingStoppedException(string folder, int epoch, int batch, CancellationToken cancellation)
        : base(FormattableString.Invariant($"Stopped in epoch {epoch} after {batch} batches; the checkpoint is in '{folder}'."), cancellation)
    {
        Folder = folder;
        Epoch = epoch;
        Batch = batch;
    }

    /// <summary>The run's folder, which holds the checkpoint.</summary>
    public string Folder { get; }

    /// <summary>The epoch that the run stopped in, from 1.</summary>
    public int Epoch { get; }

    /// <summary>Batches done in that epoch.</summary>
    public int Batch { get; }
}
