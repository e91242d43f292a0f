using System.Runtime.ExceptionServices;

namespace ModelGen.Data;

/// <summary>One thread that fills every so-many-th batch, and its ring of batches: one with the consumer, two filled ahead.</summary>
internal sealed class BatchWorker<TBatch> : IDisposable
{
    /// <summary>Batches in a ring.</summary>
    public const int Ring = 3;

    private readonly TBatch[] _ring;
    private readonly SemaphoreSlim _free = new(Ring);
    private readonly SemaphoreSlim _filled = new(0);
    private readonly Thread _thread;
    private ExceptionDispatchInfo? _failure;
    private int _done;
    private int _taken;

    /// <summary>
    /// Starts the thread. It fills the batches <paramref name="first"/>, <c>first + step</c> and so on, until the last or
    /// until <paramref name="stop"/>. The ring is the worker's until it is disposed.
    /// </summary>
    public BatchWorker(TBatch[] ring, FillBatch<TBatch> fill, int[] order, int batchSize, int first, int step, CancellationToken stop)
    {
        _ring = ring;
        _thread = new Thread(() => Fill(fill, order, batchSize, first, step, stop)) { IsBackground = true, Name = $"Batches {first}" };
        _thread.Start();
    }

    /// <summary>Waits for the next batch; rethrows what stopped the thread when there is none.</summary>
    public TBatch Take()
    {
        _filled.Wait();
        if (_taken == Volatile.Read(ref _done))
            _failure!.Throw();
        return _ring[_taken++ % _ring.Length];
    }

    /// <summary>Lets the batch taken last be filled again.</summary>
    public void GiveBack() => _free.Release();

    /// <summary>Waits for the thread, which has been told to stop or has nothing left to fill.</summary>
    public void Dispose()
    {
        _thread.Join();
        _free.Dispose();
        _filled.Dispose();
    }

    private void Fill(FillBatch<TBatch> fill, int[] order, int batchSize, int first, int step, CancellationToken stop)
    {
        try
        {
            for (var start = (long)first * batchSize; start < order.Length; start += (long)step * batchSize)
            {
                _free.Wait(stop);
                fill(_ring[_done % _ring.Length], order.AsSpan((int)start, (int)Math.Min(batchSize, order.Length - start)));
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
