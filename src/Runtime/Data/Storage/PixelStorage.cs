namespace ModelGen.Data;

/// <summary>Where the values of a set of images are.</summary>
internal abstract class PixelStorage
{
    /// <summary>All bytes.</summary>
    public abstract long Length { get; }

    /// <summary>Whether reading takes no more than copying.</summary>
    public virtual bool IsAtHand => true;

    /// <summary>Whether they are in the program's own memory, where reading never waits for a disk.</summary>
    public virtual bool IsInMemory => false;

    /// <summary>A part of them; it may be used as long as the storage is reachable.</summary>
    public abstract ReadOnlySpan<byte> Read(long offset, int length);

    /// <summary>Copies a part of them.</summary>
    public virtual void Copy(long offset, Span<byte> values)
    {
        Read(offset, values.Length).CopyTo(values);
        // Mapped values go with their storage, which nobody else may hold.
        GC.KeepAlive(this);
    }
}
