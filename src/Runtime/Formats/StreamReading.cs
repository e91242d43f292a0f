namespace ModelGen.Formats;

/// <summary>Reading a known part of a stream.</summary>
internal static class StreamReading
{
    /// <summary>
    /// Reads <paramref name="count"/> bytes at <paramref name="position"/>: the file's own where it is mapped, else a copy, allocated only when they are in the stream.
    /// </summary>
    /// <exception cref="InvalidDataException">The part is not in the stream.</exception>
    public static ReadOnlyMemory<byte> ReadAt(this Stream stream, long position, long count)
    {
        if (position < 0 || position > stream.Length || count > stream.Length - position)
            throw new InvalidDataException("is cut short or damaged: it points past its own end; copy or save it again.");
        if (stream is MappedFile map)
            return map.Part(position, checked((int)count));
        var result = new byte[count];
        stream.Position = position;
        stream.ReadExactly(result);
        return result;
    }
}
