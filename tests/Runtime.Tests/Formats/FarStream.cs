namespace ModelGen.Tests.Formats;

/// <summary>A stream whose first gigabytes read as zeros and take no memory; it can be written after them.</summary>
/// <param name="gap">The bytes that aren't there.</param>
internal sealed class FarStream(long gap) : Stream
{
    private readonly MemoryStream _rest = new();

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => true;

    public override long Length => gap + _rest.Length;

    public override long Position { get; set; }

    public override int Read(byte[] buffer, int offset, int count)
    {
        int read;
        if (Position < gap)
        {
            read = (int)Math.Min(count, gap - Position);
            buffer.AsSpan(offset, read).Clear();
        }
        else
        {
            _rest.Position = Position - gap;
            read = _rest.Read(buffer, offset, count);
        }

        Position += read;
        return read;
    }

    public override void Write(byte[] buffer, int offset, int count)
    {
        _rest.Position = Position - gap;
        _rest.Write(buffer, offset, count);
        Position += count;
    }

    public override long Seek(long offset, SeekOrigin origin) => Position = offset + origin switch
    {
        SeekOrigin.Begin => 0,
        SeekOrigin.Current => Position,
        _ => Length,
    };

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();
}
