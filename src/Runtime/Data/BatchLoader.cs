using System.Runtime.ExceptionServices;

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

    /// <summary>Creates a loader; it starts no thread until a batch is asked for.</summary>
    /// <param name="images">What the batches are made of.</param>
    /// <param name="batchSize">Images per batch, at least 1.</param>
    /// <param name="workers">Threads that fill batches, at least 1; each holds three batches in memory.</param>
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

    /// <summary>Gives the images in <paramref name="order"/>, batch by batch. A batch is valid until the next one is asked for.</summary>
    /// <param name="order">Indices into the set, one per image of the set.</param>
    /// <exception cref="ArgumentException"><paramref name="order"/> is not as long as the set.</exception>
    public IEnumerable<PixelBatch> Read(int[] order)
    {
        ArgumentNullException.ThrowIfNull(order);
        if (order.Length != _images.Count)
            throw new ArgumentException($"The order names {order.Length} images but the set has {_images.Count}.", nameof(order));
        return Batches(order);
    }

    private IEnumerable<PixelBatch> Batches(int[] order)
    {
        using var stop = new CancellationTokenSource();
        var workers = new List<Worker>(_workers);
        try
        {
            for (var first = 0; first < _workers; first++)
                workers.Add(new Worker(this, order, first, stop.Token));

            for (var batch = 0; batch < BatchCount; batch++)
            {
                var worker = workers[batch % _workers];
                yield return worker.Take();
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

    /// <summary>One thread and its ring of batches: one with the consumer, two filled ahead.</summary>
    private sealed class Worker : IDisposable
    {
        private const int Ahead = 2;

        private readonly PixelBatch[] _ring = new PixelBatch[Ahead + 1];
        private readonly SemaphoreSlim _free = new(Ahead + 1);
        private readonly SemaphoreSlim _filled = new(0);
        private readonly Thread _thread;
        private ExceptionDispatchInfo? _failure;
        private int _done;
        private int _taken;

        public Worker(BatchLoader loader, int[] order, int first, CancellationToken stop)
        {
            for (var i = 0; i < _ring.Length; i++)
                _ring[i] = new PixelBatch(loader._batchSize, loader._images.Shape.Length);
            _thread = new Thread(() => Fill(loader, order, first, stop)) { IsBackground = true, Name = $"Batches {first}" };
            _thread.Start();
        }

        public PixelBatch Take()
        {
            _filled.Wait();
            if (_taken == Volatile.Read(ref _done))
                _failure!.Throw();
            return _ring[_taken++ % _ring.Length];
        }

        public void GiveBack() => _free.Release();

        public void Dispose()
        {
            _thread.Join();
            _free.Dispose();
            _filled.Dispose();
        }

        private void Fill(BatchLoader loader, int[] order, int first, CancellationToken stop)
        {
            try
            {
                for (var batch = first; batch < loader.BatchCount; batch += loader._workers)
                {
                    _free.Wait(stop);
                    var start = batch * loader._batchSize;
                    _ring[_done % _ring.Length].Fill(loader._images, order.AsSpan(start, Math.Min(loader._batchSize, order.Length - start)));
                    Volatile.Write(ref _done, _done + 1);
                    _filled.Release();
                }
            }
            catch (Exception error)
            {
                // The consumer meets it after the batches that were filled; when cancelled, there is none left to tell.
                _failure = ExceptionDispatchInfo.Capture(error);
                _filled.Release();
            }
        }
    }
}
