using System.Buffers.Binary;
using System.Text;

namespace ModelGen.Formats.Onnx;

/// <summary>A field of a message in the binary form of Protocol Buffers.</summary>
/// <param name="Number">Its number.</param>
/// <param name="Value">A number, or the bits of a float.</param>
/// <param name="Bytes">A text, bytes, a message or packed numbers; empty where it is a number.</param>
/// <param name="IsNumber">Whether it is a number.</param>
internal readonly record struct ProtoField(int Number, ulong Value, ReadOnlyMemory<byte> Bytes, bool IsNumber)
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>A whole number.</summary>
    public long Integer => (long)Value;

    /// <summary>A float32.</summary>
    public float Single => BitConverter.UInt32BitsToSingle((uint)Value);

    /// <summary>A text.</summary>
    /// <exception cref="InvalidDataException">It is not UTF-8.</exception>
    public string Text
    {
        get
        {
            try
            {
                return StrictUtf8.GetString(Bytes.Span);
            }
            catch (DecoderFallbackException error)
            {
                throw new InvalidDataException("has a name that is not UTF-8: export it again.", error);
            }
        }
    }

    /// <summary>Whole numbers: one, or many packed behind each other.</summary>
    public IEnumerable<long> Integers => IsNumber ? [Integer] : ProtoReader.Varints(Bytes);
}

/// <summary>Reads messages of Protocol Buffers, and trusts no length in them.</summary>
internal static class ProtoReader
{
    private const string Damaged = "is cut short or damaged, or no ONNX file: export it again.";

    /// <summary>The fields of a message, in their order.</summary>
    /// <exception cref="InvalidDataException">It is damaged; while the fields are taken.</exception>
    public static IEnumerable<ProtoField> Fields(ReadOnlyMemory<byte> message)
    {
        for (var position = 0; position < message.Length;)
        {
            var tag = Varint(message.Span, ref position);
            var number = tag >> 3 is > 0 and <= 0x1FFFFFFF ? (int)(tag >> 3) : throw new InvalidDataException(Damaged);
            yield return (tag & 7) switch
            {
                0 => new ProtoField(number, Varint(message.Span, ref position), default, true),
                1 => new ProtoField(number, BinaryPrimitives.ReadUInt64LittleEndian(Take(message, 8, ref position).Span), default, true),
                2 => new ProtoField(number, 0, Take(message, Varint(message.Span, ref position), ref position), false),
                5 => new ProtoField(number, BinaryPrimitives.ReadUInt32LittleEndian(Take(message, 4, ref position).Span), default, true),
                _ => throw new InvalidDataException(Damaged),
            };
        }
    }

    /// <summary>Numbers that stand behind each other.</summary>
    /// <exception cref="InvalidDataException">They are damaged; while they are taken.</exception>
    public static IEnumerable<long> Varints(ReadOnlyMemory<byte> bytes)
    {
        for (var position = 0; position < bytes.Length;)
            yield return (long)Varint(bytes.Span, ref position);
    }

    private static ReadOnlyMemory<byte> Take(ReadOnlyMemory<byte> bytes, ulong count, ref int position)
    {
        if (count > (ulong)(bytes.Length - position))
            throw new InvalidDataException(Damaged);
        var taken = bytes.Slice(position, (int)count);
        position += (int)count;
        return taken;
    }

    // Seven bits a byte, the lowest first; all but the last have the high bit.
    private static ulong Varint(ReadOnlySpan<byte> bytes, ref int position)
    {
        var value = 0UL;
        for (var shift = 0; shift < 64; shift += 7)
        {
            if (position == bytes.Length)
                throw new InvalidDataException(Damaged);
            var next = bytes[position++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
                return value;
        }

        throw new InvalidDataException(Damaged);
    }
}
