using System.Diagnostics;

namespace ModelGen.Data;

/// <summary>Replaces what a batch holds with the samples at some places of the set.</summary>
internal delegate void FillBatch<TBatch>(TBatch batch, ReadOnlySpan<int> indices);

/// <summary>
/// Batches that worker threads fill ahead of the loop that consumes them. Worker w of W fills the batches w, w + W, w + 2W and
/// so on, and the consumer takes them round-robin, so the batches don't depend on the number of workers.
/// </summary>
internal sealed class BatchQueue
{
    private readonly int _samples;
    private readonly int _batchSize;
    private readonly int _workers;
    private long _waited;

    /// <param name="samples">The size of the set.</param>
    /// <param name="batchSize">Samples per batch, at least 1.</param>
    /// <param name="workers">Threads that fill batches, at least 1; each holds three batches in memory.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="batchSize"/> or <paramref name="workers"/> is below 1.</exception>
    public BatchQueue(int samples, int batchSize, int workers)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(workers, 1);
        _samples = samples;
        // A batch never holds more than the whole set, so its buffers needn't either.
        _batchSize = Math.Min(batchSize, Math.Max(samples, 1));
        BatchCount = (int)((samples + (long)_batchSize - 1) / _batchSize);
        _workers = Math.Min(workers, BatchCount);
    }

    public int BatchCount { get; }

    public TimeSpan Waited => Stopwatch.GetElapsedTime(0, Volatile.Read(ref _waited));

    /// <summary>The samples in <paramref name="order"/>, batch by batch, without the first ones.</summary>
    /// <exception cref="ArgumentException"><paramref name="order"/> is not as long as the set.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="skip"/> is out of its range.</exception>
    public IEnumerable<TBatch> Read<TBatch>(int[] order, int skip, Func<int, TBatch> create, FillBatch<TBatch> fill)
    {
        ArgumentNullException.ThrowIfNull(order);
        ArgumentOutOfRangeException.ThrowIfNegative(skip);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(skip, BatchCount);
        if (order.Length != _samples)
            throw new ArgumentException($"The order names {order.Length} samples but the set has {_samples}.", nameof(order));
        return Batches(order, skip, create, fill);
    }

    private IEnumerable<TBatch> Batches<TBatch>(int[] order, int skip, Func<int, TBatch> create, FillBatch<TBatch> fill)
    {
        using var stop = new CancellationTokenSource();
        var workers = new List<BatchWorker<TBatch>>(_workers);
        try
        {
            for (var first = 0; first < _workers; first++)
                workers.Add(new BatchWorker<TBatch>(create, fill, order, _batchSize, skip + first, step: _workers, stop.Token));

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
        }
    }

    private TBatch Take<TBatch>(BatchWorker<TBatch> worker)
    {
        var started = Stopwatch.GetTimestamp();
        var batch = worker.Take();
        Interlocked.Add(ref _waited, Stopwatch.GetTimestamp() - started);
        return batch;
    }
}
