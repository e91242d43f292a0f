namespace ModelGen.Cpu;

/// <summary>
/// Threads that do one job at a time together. Between jobs they spin for a moment before they sleep: a training step has about ten jobs, and waking
/// a sleeping thread costs as much as some of them take.
/// </summary>
public sealed class Team : IDisposable
{
    // About 100 us. Longer than the serial parts between two jobs of a step; shorter than anything a person would call busy.
    private const int Spins = 2_000;

    private readonly Thread[] _others;
    private readonly Exception?[] _failures; // of this job, by the worker
    private readonly object _gate = new();
    private Action<int>? _job;
    private int _round; // grows with each job
    private int _working; // the others that are not done with the job yet
    private volatile bool _isOver;

    /// <summary>Starts the threads.</summary>
    /// <param name="workers">How many work, with the caller: at least 1.</param>
    public Team(int workers)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(workers, 1);
        _others = new Thread[workers - 1];
        _failures = new Exception?[workers];
        for (var i = 0; i < _others.Length; i++)
        {
            var worker = i + 1;
            _others[i] = new Thread(() => Work(worker)) { IsBackground = true, Name = $"ModelGen worker {worker}" };
            _others[i].Start();
        }
    }

    /// <summary>How many work, with the caller.</summary>
    public int Workers => _others.Length + 1;

    /// <summary>The part of <paramref name="count"/> things that is a worker's: the same for the same numbers, whatever the threads' timing.</summary>
    public (int First, int End) Share(int worker, int count) => ((int)((long)count * worker / Workers), (int)((long)count * (worker + 1) / Workers));

    /// <summary>Runs a job on every worker, the caller's thread among them, and returns when all are done. It serves one caller at a time.</summary>
    /// <param name="job">Is given the worker's number, from 0, which is the caller's.</param>
    /// <exception cref="AggregateException">
    /// Another worker's part failed; the inner exception says why: that of the first such worker by its number, whatever the threads' timing. The caller's own is
    /// thrown as it is.
    /// </exception>
    /// <exception cref="ObjectDisposedException">The threads have ended.</exception>
    public void Run(Action<int> job)
    {
        ArgumentNullException.ThrowIfNull(job);
        // Nobody would be there to do the others' parts.
        ObjectDisposedException.ThrowIf(_isOver, this);
        _job = job;
        Array.Clear(_failures);
        Volatile.Write(ref _working, _others.Length);
        Begin();
        try
        {
            job(0);
        }
        finally
        {
            var spinner = new SpinWait();
            for (var spins = 0; Volatile.Read(ref _working) > 0; spins++)
            {
                if (spins < Spins)
                    Thread.SpinWait(8);
                else
                    spinner.SpinOnce();
            }
        }

        if (Array.Find(_failures, failure => failure is not null) is { } failure)
            throw new AggregateException("A worker's part of the job failed.", failure);
    }

    /// <summary>Ends the threads.</summary>
    public void Dispose()
    {
        _isOver = true;
        Begin();
        foreach (var thread in _others)
            thread.Join();
    }

    private void Begin()
    {
        lock (_gate)
        {
            _round++;
            Monitor.PulseAll(_gate);
        }
    }

    private void Work(int worker)
    {
        for (var seen = 0; ; seen++)
        {
            Await(seen);
            if (_isOver)
                return;
            try
            {
                _job!(worker);
            }
            catch (Exception exception)
            {
                _failures[worker] = exception;
            }

            Interlocked.Decrement(ref _working);
        }
    }

    private void Await(int seen)
    {
        for (var spins = 0; spins < Spins; spins++)
        {
            if (Volatile.Read(ref _round) != seen)
                return;
            Thread.SpinWait(8);
        }

        lock (_gate)
        {
            while (_round == seen)
                Monitor.Wait(_gate);
        }
    }
}
