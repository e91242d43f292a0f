namespace ModelGen.Cpu;

/// <summary>Where a value of each sample lies in a block of memory.</summary>
/// <param name="memory">The block, from <see cref="AlignedMemory"/>.</param>
/// <param name="start">Where the first sample's begins.</param>
/// <param name="stride">From one sample's to the next, in floats: at least <paramref name="length"/>.</param>
/// <param name="length">Floats of one sample.</param>
public readonly struct Buffer(Memory<float> memory, int start, int stride, int length)
{
    // 256 KiB. A processor fetches ahead what lies behind the memory it reads in strides, several strides far: where that was another worker's, both passed
    // its lines to and fro, and its convolutions took up to 1.6 times as long. With this memory apart the workers took the same time to 1 %: values and sums, which lie
    // side by side, are read from end to end.
    private const int Apart = 65_536;

    /// <summary>Memory of its own for each worker, where each begins with a cache line, and far from what others write.</summary>
    /// <param name="workers">How many.</param>
    /// <param name="length">Floats of one worker.</param>
    /// <exception cref="ModelGenException">Together they are more than one array can hold, 8 GiB.</exception>
    public static Buffer ForWorkers(int workers, int length)
    {
        var stride = AlignedMemory.Lines(length) + Apart;
        return new(AlignedMemory.ForWorkers<float>(workers, stride), 0, (int)stride, length);
    }

    /// <summary>The value of a sample, or of a worker where each has its own.</summary>
    public Span<float> this[int index] => memory.Span.Slice(start + (index * stride), length);

    /// <summary>The values of samples that follow each other, where they lie side by side: <c>[count, length]</c>.</summary>
    public Span<float> Rows(int first, int count) => memory.Span.Slice(start + (first * stride), count * stride);
}
