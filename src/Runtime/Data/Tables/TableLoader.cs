namespace ModelGen.Data;

/// <summary>Fills batches of rows on worker threads, ahead of the loop that consumes them, as <see cref="BatchLoader"/> does it with images.</summary>
public sealed class TableLoader
{
    private readonly TableSet _rows;
    private readonly BatchQueue<TableBatch> _queue;

    /// <summary>Creates a loader; it starts no thread until a batch is asked for.</summary>
    /// <param name="rows">What the batches are made of.</param>
    /// <param name="batchSize">Rows per batch, at least 1.</param>
    /// <param name="workers">Threads that fill batches, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="batchSize"/> or <paramref name="workers"/> is below 1.</exception>
    public TableLoader(TableSet rows, int batchSize, int workers)
    {
        ArgumentNullException.ThrowIfNull(rows);
        _rows = rows;
        _queue = new BatchQueue<TableBatch>(rows.Count, batchSize, workers, size => new TableBatch(size, rows));
    }

    /// <summary>The number of batches in an epoch; the last one may be short.</summary>
    public int BatchCount => _queue.BatchCount;

    /// <summary>How long the loops over <see cref="Read"/> have waited for batches that were not filled yet, all together.</summary>
    public TimeSpan Waited => _queue.Waited;

    /// <summary>Gives the rows in <paramref name="order"/>, batch by batch. A batch is valid until the next one is asked for.</summary>
    /// <param name="order">Indices into the set, one per row of the set.</param>
    /// <param name="skip">How many batches to leave out at the start, 0 to <see cref="BatchCount"/>: an epoch goes on in its middle without preparing them.</param>
    /// <exception cref="ArgumentException"><paramref name="order"/> is not as long as the set.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="skip"/> is out of its range.</exception>
    public IEnumerable<TableBatch> Read(int[] order, int skip = 0) =>
        _queue.Read(order, skip, (batch, indices) => batch.Fill(_rows, indices));
}
