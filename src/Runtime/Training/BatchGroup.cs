namespace ModelGen.Training;

/// <summary>Where a batch stands among those whose gradients make one optimisation step.</summary>
/// <param name="Size">Batches in the group; the last group of an epoch may be short.</param>
/// <param name="Begins">Whether the batch is the group's first.</param>
/// <param name="Ends">Whether it is the group's last, behind which comes the step.</param>
public readonly record struct BatchGroup(int Size, bool Begins, bool Ends)
{
    /// <summary>The group of a batch.</summary>
    /// <param name="batch">Batches of the epoch before this one, from 0.</param>
    /// <param name="batches">Batches in the epoch.</param>
    /// <param name="size">Batches in a full group, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The epoch has no such batch, or <paramref name="size"/> is below 1.</exception>
    public static BatchGroup Of(int batch, int batches, int size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(batch);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(batch, batches);
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        var first = batch - (batch % size);
        var count = Math.Min(size, batches - first);
        return new BatchGroup(count, Begins: batch == first, Ends: batch == first + count - 1);
    }

    /// <summary>Optimisation steps in an epoch.</summary>
    /// <param name="batches">Batches in the epoch, at least 0.</param>
    /// <param name="size">Batches in a full group, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is out of its range.</exception>
    public static int Count(int batches, int size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(batches);
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        return (int)((batches + (long)size - 1) / size);
    }
}
