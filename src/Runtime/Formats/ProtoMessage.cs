using System.Buffers.Binary;
using System.Text;

namespace ModelGen.Formats;

/// <summary>
/// A message in the binary form of Protocol Buffers (https://protobuf.dev/programming-guides/encoding), while it is put together. Large fields are kept
/// as the memory that they are, and copied once: into the file.
/// </summary>
internal sealed class ProtoMessage
{
    private const int Varint = 0;
    private const int Fixed64 = 1;
    private const int LengthDelimited = 2;
    private const int Fixed32 = 5;

    private readonly List<ReadOnlyMemory<byte>> _parts = [];

    /// <summary>Its bytes.</summary>
    public long Length { get; private set; }

    /// <summary>A whole number.</summary>
    public ProtoMessage Add(int field, long value) => Tag(field, Varint).Number((ulong)value);

    /// <summary>A float32.</summary>
    public ProtoMessage Add(int field, float value)
    {
        var bytes = new byte[sizeof(float)];
        BinaryPrimitives.WriteSingleLittleEndian(bytes, value);
        return Tag(field, Fixed32).Part(bytes);
    }

    /// <summary>A float64.</summary>
    public ProtoMessage Add(int field, double value)
    {
        var bytes = new byte[sizeof(double)];
        BinaryPrimitives.WriteDoubleLittleEndian(bytes, value);
        return Tag(field, Fixed64).Part(bytes);
    }

    /// <summary>A text.</summary>
    public ProtoMessage Add(int field, string text) => Add(field, Encoding.UTF8.GetBytes(text));

    /// <summary>Bytes.</summary>
    public ProtoMessage Add(int field, ReadOnlyMemory<byte> bytes) => Tag(field, LengthDelimited).Number((ulong)bytes.Length).Part(bytes);

    /// <summary>A message in this one.</summary>
    public ProtoMessage Add(int field, ProtoMessage message)
    {
        Tag(field, LengthDelimited).Number((ulong)message.Length);
        foreach (var part in message._parts)
            Part(part);
        return this;
    }

    /// <summary>Something once for each item.</summary>
    public ProtoMessage AddAll<T>(IEnumerable<T> items, Action<ProtoMessage, T> add)
    {
        foreach (var item in items)
            add(this, item);
        return this;
    }

    /// <summary>Writes it.</summary>
    public void WriteTo(Stream stream)
    {
        foreach (var part in _parts)
            stream.Write(part.Span);
    }

    private ProtoMessage Tag(int field, int type) => Number(((ulong)field << 3) | (uint)type);

    // Seven bits a byte, the lowest first; all but the last have the high bit.
    private ProtoMessage Number(ulong value)
    {
        Span<byte> bytes = stackalloc byte[10];
        var count = 0;
        for (; value >= 0x80; value >>= 7)
            bytes[count++] = (byte)(value | 0x80);
        bytes[count++] = (byte)value;
        return Part(bytes[..count].ToArray());
    }

    private ProtoMessage Part(ReadOnlyMemory<byte> bytes)
    {
        _parts.Add(bytes);
        Length += bytes.Length;
        return this;
    }
}
