using ModelGen.Data;
using ModelGen.Training;

namespace ModelGen.Cpu;

/// <summary>Batches of the rows of a table, filled ahead by threads. From the second batch on, giving one allocates nothing.</summary>
public sealed class TableBatches : IBatches
{
    private readonly TableLoader _loader;
    private readonly int _capacity;

    /// <summary>Makes batches of <paramref name="rows"/>; no thread is started until one is asked for.</summary>
    /// <param name="rows">What the batches are made of.</param>
    /// <param name="options">The batch size, and the number of threads.</param>
    /// <exception cref="ArgumentOutOfRangeException">The batch size or the number of threads is below 1.</exception>
    public TableBatches(TableSet rows, TrainingOptions options)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(options);
        _loader = new TableLoader(rows, options.BatchSize, options.Workers);
        _capacity = Math.Min(options.BatchSize, rows.Count);
    }

    /// <inheritdoc/>
    public int BatchCount => _loader.BatchCount;

    /// <inheritdoc/>
    public TimeSpan Waited => _loader.Waited;

    /// <summary>Gives the rows in <paramref name="order"/>, batch by batch.</summary>
    /// <param name="order">Indices into the set, one per row of the set.</param>
    /// <param name="skip">How many batches to leave out at the start, 0 to <see cref="BatchCount"/>.</param>
    /// <exception cref="ArgumentException"><paramref name="order"/> is not as long as the set.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="skip"/> is out of its range.</exception>
    public IEnumerable<RowBatch> Read(int[] order, int skip = 0) => Batches(_loader.Read(order, skip));

    private IEnumerable<RowBatch> Batches(IEnumerable<TableBatch> batches)
    {
        var batch = new RowBatch(_capacity);
        foreach (var rows in batches)
        {
            batch.Take(rows);
            yield return batch;
        }
    }
}
