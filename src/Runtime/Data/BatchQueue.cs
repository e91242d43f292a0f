using System.Diagnostics;

namespace ModelGen.Data;

/// <summary>Replaces what a batch holds with the samples at some places of the set.</summary>
internal delegate void FillBatch<TBatch>(TBatch batch, ReadOnlySpan<int> indices);

/// <summary>
/// Batches that worker threads fill ahead of the loop that consumes them. Worker w of W fills the batches w, w + W, w + 2W and
/// so on, and the consumer takes them round-robin, so the batches don't depend on the number of workers.
/// </summary>
internal sealed class BatchQueue<TBatch>
{
    private readonly int _samples;
    private readonly int _batchSize;
    private readonly int _workers;
    private readonly Func<int, TBatch> _create;
    private TBatch[][]? _rings;
    private long _waited;

    /// <param name="samples">The size of the set.</param>
    /// <param name="batchSize">Samples per batch, at least 1.</param>
    /// <param name="workers">Threads that fill batches, at least 1; each has three batches of memory, as long as the queue lives.</param>
    /// <param name="create">Makes an empty batch with room for so many samples.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="batchSize"/> or <paramref name="workers"/> is below 1.</exception>
    public BatchQueue(int samples, int batchSize, int workers, Func<int, TBatch> create)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(workers, 1);
        _samples = samples;
        // A batch never holds more than the whole set, so its buffers needn't either.
        _batchSize = Math.Min(batchSize, Math.Max(samples, 1));
        BatchCount = (int)((samples + (long)_batchSize - 1) / _batchSize);
        _workers = Math.Min(workers, BatchCount);
        _create = create;
    }

    public int BatchCount { get; }

    public TimeSpan Waited => Stopwatch.GetElapsedTime(0, Volatile.Read(ref _waited));

    /// <summary>The samples in <paramref name="order"/>, batch by batch, without the first ones.</summary>
    /// <exception cref="ArgumentException"><paramref name="order"/> is not as long as the set.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="skip"/> is out of its range.</exception>
    public IEnumerable<TBatch> Read(int[] order, int skip, FillBatch<TBatch> fill)
    {
        Check(order, skip);
        return Batches(order, skip, fill);
    }

    /// <summary>Refuses what <see cref="Read"/> refuses.</summary>
    public void Check(int[] order, int skip)
    {
        ArgumentNullException.ThrowIfNull(order);
        ArgumentOutOfRangeException.ThrowIfNegative(skip);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(skip, BatchCount);
        if (order.Length != _samples)
            throw new ArgumentException($"The order names {order.Length} samples but the set has {_samples}.", nameof(order));
    }

    private IEnumerable<TBatch> Batches(int[] order, int skip, FillBatch<TBatch> fill)
    {
        using var stop = new CancellationTokenSource();
        // Kept from epoch to epoch, for one loop at a time; another one beside it takes memory of its own.
        var rings = Interlocked.Exchange(ref _rings, null) ?? NewRings();
        var workers = new List<BatchWorker<TBatch>>(_workers);
        try
        {
            for (var first = 0; first < _workers; first++)
                workers.Add(new BatchWorker<TBatch>(rings[first], fill, order, _batchSize, skip + first, step: _workers, stop.Token));

            for (var batch = skip; batch < BatchCount; batch++)
            {
                var worker = workers[(batch - skip) % _workers];
                yield return Take(worker);
                worker.GiveBack();
            }
        }
        finally
        {
            // Also when the consumer breaks off or a worker failed: no thread outlives the enumeration.
            stop.Cancel();
            foreach (var worker in workers)
                worker.Dispose();
            Volatile.Write(ref _rings, rings);
        }
    }

    private TBatch[][] NewRings()
    {
        var rings = new TBatch[_workers][];
        for (var i = 0; i < _workers; i++)
        {
            rings[i] = new TBatch[BatchWorker<TBatch>.Ring];
            for (var j = 0; j < rings[i].Length; j++)
                rings[i][j] = _create(_batchSize);
        }

        return rings;
    }

    private TBatch Take(BatchWorker<TBatch> worker)
    {
        var started = Stopwatch.GetTimestamp();
        var batch = worker.Take();
        Interlocked.Add(ref _waited, Stopwatch.GetTimestamp() - started);
        return batch;
    }
}
