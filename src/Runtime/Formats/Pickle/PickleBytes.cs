using System.Buffers.Binary;
using System.Text;

namespace ModelGen.Formats.Pickle;

/// <summary>The bytes of a pickle, read from front to back.</summary>
/// <param name="bytes">The whole pickle.</param>
internal sealed class PickleBytes(ReadOnlyMemory<byte> bytes)
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private int _position;

    /// <summary>Takes the next byte.</summary>
    public byte TakeByte() => Take(1)[0];

    /// <summary>Takes an unsigned 16-bit number, little-endian as all but <see cref="TakeDouble"/>.</summary>
    public ushort TakeUInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2));

    /// <summary>Takes a signed 32-bit number.</summary>
    public int TakeInt32() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    /// <summary>Takes an unsigned 32-bit number.</summary>
    public uint TakeUInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    /// <summary>Takes a big-endian double.</summary>
    public double TakeDouble() => BinaryPrimitives.ReadDoubleBigEndian(Take(8));

    /// <summary>Takes a two's-complement number of any length up to 8 bytes.</summary>
    public long TakeInteger(int size)
    {
        if (size > sizeof(long))
            throw new InvalidDataException($"holds a number of {size} bytes where 8 are the most that a tensor needs: refused.");
        var digits = Take(size);
        if (size == 0)
            return 0;
        var value = (long)(sbyte)digits[^1];
        for (var i = size - 2; i >= 0; i--)
            value = (value << 8) | digits[i];
        return value;
    }

    /// <summary>Takes UTF-8 text of a known number of bytes.</summary>
    public string TakeText(uint size) => Decode(Take(size));

    /// <summary>Takes text up to a newline, which it also takes.</summary>
    public string TakeLine()
    {
        var length = bytes.Span[_position..].IndexOf((byte)'\n');
        var line = TakeText((uint)(length < 0 ? bytes.Length : length));
        _position++;
        return line;
    }

    private static string Decode(ReadOnlySpan<byte> text)
    {
        try
        {
            return StrictUtf8.GetString(text);
        }
        catch (DecoderFallbackException error)
        {
            throw new InvalidDataException("is damaged: its pickle holds text that is not UTF-8; copy or save it again.", error);
        }
    }

    private ReadOnlySpan<byte> Take(long size)
    {
        if (size > bytes.Length - _position)
            throw new InvalidDataException("is damaged: its pickle ends in the middle of an instruction; copy or save it again.");
        var taken = bytes.Span.Slice(_position, (int)size);
        _position += (int)size;
        return taken;
    }
}
