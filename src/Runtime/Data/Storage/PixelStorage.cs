namespace ModelGen.Data;

/// <summary>Where the values of a set of images are.</summary>
internal abstract class PixelStorage
{
    /// <summary>All bytes.</summary>
    public abstract long Length { get; }

    /// <summary>A part of them; it may be used as long as the storage is reachable.</summary>
    public abstract ReadOnlySpan<byte> Read(long offset, int length);
}
