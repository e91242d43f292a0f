namespace ModelGen.Cpu;

/// <summary>Where a value of each sample lies in a block of memory.</summary>
/// <param name="memory">The block, from <see cref="AlignedMemory"/>.</param>
/// <param name="start">Where the first sample's begins.</param>
/// <param name="stride">From one sample's to the next, in floats: at least <paramref name="length"/>.</param>
/// <param name="length">Floats of one sample.</param>
public readonly struct Buffer(Memory<float> memory, int start, int stride, int length)
{
    /// <summary>Memory of its own for each worker, where each begins with a cache line.</summary>
    /// <param name="workers">How many.</param>
    /// <param name="length">Floats of one worker.</param>
    public static Buffer ForWorkers(int workers, int length)
    {
        var stride = (length + AlignedMemory.Line - 1) / AlignedMemory.Line * AlignedMemory.Line;
        return new(AlignedMemory.Allocate(workers * stride), 0, stride, length);
    }

    /// <summary>The value of a sample, or of a worker where each has its own.</summary>
    public Span<float> this[int index] => memory.Span.Slice(start + (index * stride), length);

    /// <summary>The values of samples that follow each other, where they lie side by side: <c>[count, length]</c>.</summary>
    public Span<float> Rows(int first, int count) => memory.Span.Slice(start + (first * stride), count * stride);
}
