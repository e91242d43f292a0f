namespace ModelGen.Cpu;

/// <summary>
/// What each worker adds up over its samples. Whoever reads the sums adds them in the workers' order, so that the result depends on no timing. The first
/// worker's begin with a cache line, and so do all where the length is a whole number of lines: two workers that write to one line pass it to and fro, which
/// cost the worker behind up to a tenth of a convolution's backward.
/// </summary>
/// <typeparam name="T">Float or double.</typeparam>
/// <param name="workers">How many workers there are.</param>
/// <param name="length">How many sums each has.</param>
public sealed class Sums<T>(int workers, int length)
    where T : unmanaged
{
    private readonly Memory<T> _sums = AlignedMemory.ForWorkers<T>(workers, length);

    /// <summary>A worker's sums.</summary>
    public Span<T> this[int worker] => _sums.Span.Slice(worker * length, length);

    /// <summary>Those of all workers: <c>[workers, length]</c>.</summary>
    public Span<T> All => _sums.Span;
}
