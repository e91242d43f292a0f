using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Text;
using ModelGen.Formats;

namespace ModelGen.Reporting.Logs;

/// <summary>
/// The file that TensorBoard reads: records framed as TensorFlow's <c>lib/io/record_writer.cc</c> frames them (TFRecord), each a protobuf message
/// <c>Event</c> of <c>core/util/event.proto</c> and <c>core/framework/summary.proto</c>. Only what scalars need.
/// </summary>
internal static class EventFile
{
    // Fields of Event, of its Summary, of that one's Value, and of SessionLog.
    private const int WallTime = 1, Step = 2, FileVersion = 3, Summary = 5, Session = 7;
    private const int Value = 1, Tag = 1, SimpleValue = 2;
    private const int Status = 1, Start = 1;

    // Wire types of protobuf.
    private const int Varint = 0, Fixed64 = 1, Bytes = 2, Fixed32 = 5;

    /// <summary>The event that each file begins with.</summary>
    /// <param name="seconds">Since 1970, UTC.</param>
    public static byte[] Version(double seconds) => Message(stream => At(stream, seconds, 0).Write(FileVersion, "brain.Event:2"u8));

    /// <summary>The event by which a resumed run takes back what an earlier file says of this step and later ones: such epochs were not saved.</summary>
    /// <param name="seconds">Since 1970, UTC.</param>
    /// <param name="step">The first step of this file.</param>
    public static byte[] SessionStart(double seconds, long step) =>
        Message(stream => At(stream, seconds, step).Write(Session, Message(log => log.Write(Status, (ulong)Start))));

    /// <summary>The event that holds scalars of one step.</summary>
    /// <param name="seconds">Since 1970, UTC.</param>
    /// <param name="step">The step that they belong to.</param>
    /// <param name="values">Their names and numbers; a number that is not there is left out.</param>
    public static byte[] Scalars(double seconds, long step, IEnumerable<(string Name, string? Text)> values) => Message(stream =>
        At(stream, seconds, step).Write(Summary, Message(summary =>
        {
            foreach (var (name, text) in values)
            {
                if (text is null)
                    continue;
                var number = float.Parse(text, CultureInfo.InvariantCulture);
                summary.Write(Value, Message(value => value.Write(Tag, Encoding.UTF8.GetBytes(name)).Write(SimpleValue, number)));
            }
        })));

    /// <summary>Writes one record: its length, the length's checksum, the event, its checksum; all little-endian.</summary>
    public static void Write(Stream file, byte[] message)
    {
        var record = new byte[8 + 4 + message.Length + 4];
        BinaryPrimitives.WriteInt64LittleEndian(record, message.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(8), MaskedCrc(record.AsSpan(0, 8)));
        message.CopyTo(record, 12);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(record.Length - 4), MaskedCrc(message));
        file.Write(record);
    }

    /// <summary>TensorFlow's <c>crc32c::Mask</c>: a CRC of data that holds CRCs says little, so a stored one is rotated and shifted.</summary>
    internal static uint MaskedCrc(ReadOnlySpan<byte> data) => BitOperations.RotateRight(Crc32C.Append(0, data), 15) + 0xA282EAD8;

    private static MemoryStream At(MemoryStream stream, double seconds, long step) => stream.Write(WallTime, seconds).Write(Step, (ulong)step);

    private static byte[] Message(Action<MemoryStream> write)
    {
        var stream = new MemoryStream();
        write(stream);
        return stream.ToArray();
    }

    private static MemoryStream Write(this MemoryStream stream, int field, double value)
    {
        Span<byte> bytes = stackalloc byte[8];
        BinaryPrimitives.WriteDoubleLittleEndian(bytes, value);
        stream.Varints((ulong)(field << 3 | Fixed64)).Write(bytes);
        return stream;
    }

    private static MemoryStream Write(this MemoryStream stream, int field, float value)
    {
        Span<byte> bytes = stackalloc byte[4];
        BinaryPrimitives.WriteSingleLittleEndian(bytes, value);
        stream.Varints((ulong)(field << 3 | Fixed32)).Write(bytes);
        return stream;
    }

    private static MemoryStream Write(this MemoryStream stream, int field, ulong value) => stream.Varints((ulong)(field << 3 | Varint), value);

    private static MemoryStream Write(this MemoryStream stream, int field, ReadOnlySpan<byte> value)
    {
        stream.Varints((ulong)(field << 3 | Bytes), (ulong)value.Length).Write(value);
        return stream;
    }

    /// <summary>Seven bits a byte, the lowest first; the eighth says that more follow.</summary>
    private static MemoryStream Varints(this MemoryStream stream, params ReadOnlySpan<ulong> values)
    {
        foreach (var value in values)
        {
            var rest = value;
            for (; rest >= 0x80; rest >>= 7)
                stream.WriteByte((byte)(rest | 0x80));
            stream.WriteByte((byte)rest);
        }

        return stream;
    }
}
