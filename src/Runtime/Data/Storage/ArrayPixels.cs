namespace ModelGen.Data;

/// <summary>Values in memory: at most what one array holds.</summary>
/// <param name="values">All of them; they are kept and not copied.</param>
internal sealed class ArrayPixels(byte[] values) : PixelStorage
{
    public override long Length => values.LongLength;

    public override bool IsInMemory => true;

    public override ReadOnlySpan<byte> Read(long offset, int length) => values.AsSpan(checked((int)offset), length);
}
