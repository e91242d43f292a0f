using System.Diagnostics;

namespace ModelGen.Data;

/// <summary>
/// Fills batches on worker threads, ahead of the loop that consumes them. Worker w of W fills the batches w, w + W, w + 2W and
/// so on, and the consumer takes them round-robin, so the batches don't depend on the number of workers.
/// </summary>
public sealed class BatchLoader
{
    private readonly ImageSet _images;
    private readonly int _batchSize;
    private readonly int _workers;
    private PixelBatch[][]? _rings;
    private long _waited;

    /// <summary>Creates a loader; it starts no thread until a batch is asked for.</summary>
    /// <param name="images">What the batches are made of.</param>
    /// <param name="batchSize">Images per batch, at least 1.</param>
    /// <param name="workers">Threads that fill batches, at least 1; each has three batches of memory, as long as the loader lives.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="batchSize"/> or <paramref name="workers"/> is below 1.</exception>
    public BatchLoader(ImageSet images, int batchSize, int workers)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentOutOfRangeException.ThrowIfLessThan(batchSize, 1);
        ArgumentOutOfRangeException.ThrowIfLessThan(workers, 1);
        _images = images;
        // A batch never holds more than the whole set, so its buffers needn't either.
        _batchSize = Math.Min(batchSize, Math.Max(images.Count, 1));
        BatchCount = (int)((images.Count + (long)_batchSize - 1) / _batchSize);
        _workers = Math.Min(workers, BatchCount);
    }

    /// <summary>The number of batches in an epoch; the last one may be short.</summary>
    public int BatchCount { get; }

    /// <summary>How long the loops over <see cref="Read"/> have waited for batches that were not filled yet, all together.</summary>
    public TimeSpan Waited => Stopwatch.GetElapsedTime(0, Volatile.Read(ref _waited));

    /// <summary>Gives the images in <paramref name="order"/>, batch by batch. A batch is valid until the next one is asked for.</summary>
    /// <param name="order">Indices into the set, one per image of the set.</param>
    /// <param name="augmentation">What changes the images on their way into the batch, or null for nothing.</param>
    /// <param name="skip">How many batches to leave out at the start, 0 to <see cref="BatchCount"/>: an epoch goes on in its middle without preparing them.</param>
    /// <exception cref="ArgumentException"><paramref name="order"/> is not as long as the set.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="skip"/> is out of its range.</exception>
    public IEnumerable<PixelBatch> Read(int[] order, Augmentation? augmentation = null, int skip = 0)
    {
        ArgumentNullException.ThrowIfNull(order);
        ArgumentOutOfRangeException.ThrowIfNegative(skip);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(skip, BatchCount);
        if (order.Length != _images.Count)
            throw new ArgumentException($"The order names {order.Length} images but the set has {_images.Count}.", nameof(order));
        return Batches(order, augmentation, skip);
    }

    private IEnumerable<PixelBatch> Batches(int[] order, Augmentation? augmentation, int skip)
    {
        using var stop = new CancellationTokenSource();
        // Kept from epoch to epoch, for one loop at a time; another one beside it takes memory of its own.
        var rings = Interlocked.Exchange(ref _rings, null) ?? NewRings();
        var workers = new List<BatchWorker>(_workers);
        try
        {
            for (var first = 0; first < _workers; first++)
                workers.Add(new BatchWorker(rings[first], _images, order, augmentation, _batchSize, skip + first, step: _workers, stop.Token));

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

    private PixelBatch[][] NewRings()
    {
        var rings = new PixelBatch[_workers][];
        for (var i = 0; i < _workers; i++)
        {
            rings[i] = new PixelBatch[BatchWorker.Ring];
            for (var j = 0; j < BatchWorker.Ring; j++)
                rings[i][j] = new PixelBatch(_batchSize, _images.Shape.Length);
        }

        return rings;
    }

    private PixelBatch Take(BatchWorker worker)
    {
        var started = Stopwatch.GetTimestamp();
        var batch = worker.Take();
        Interlocked.Add(ref _waited, Stopwatch.GetTimestamp() - started);
        return batch;
    }
}
