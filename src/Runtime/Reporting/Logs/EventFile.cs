using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
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

    /// <summary>The event that each file begins with.</summary>
    /// <param name="seconds">Since 1970, UTC.</param>
    public static ProtoMessage Version(double seconds) => At(seconds, 0).Add(FileVersion, "brain.Event:2");

    /// <summary>The event by which a resumed run takes back what an earlier file says of this step and later ones: such epochs were not saved.</summary>
    /// <param name="seconds">Since 1970, UTC.</param>
    /// <param name="step">The first step of this file.</param>
    public static ProtoMessage SessionStart(double seconds, long step) => At(seconds, step).Add(Session, new ProtoMessage().Add(Status, Start));

    /// <summary>The event that holds scalars of one step.</summary>
    /// <param name="seconds">Since 1970, UTC.</param>
    /// <param name="step">The step that they belong to.</param>
    /// <param name="values">Their names and numbers; a number that is not there is left out.</param>
    public static ProtoMessage Scalars(double seconds, long step, IEnumerable<(string Name, string? Text)> values) =>
        At(seconds, step).Add(Summary, new ProtoMessage().AddAll(values.Where(value => value.Text is not null), (summary, value) =>
            summary.Add(Value, new ProtoMessage().Add(Tag, value.Name).Add(SimpleValue, float.Parse(value.Text!, CultureInfo.InvariantCulture)))));

    /// <summary>Writes one record: its length, the length's checksum, the event, its checksum; all little-endian.</summary>
    public static void Write(Stream file, ProtoMessage message)
    {
        var record = new byte[8 + 4 + message.Length + 4];
        BinaryPrimitives.WriteInt64LittleEndian(record, message.Length);
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(8), MaskedCrc(record.AsSpan(0, 8)));
        message.WriteTo(new MemoryStream(record, 12, (int)message.Length));
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(record.Length - 4), MaskedCrc(record.AsSpan(12, (int)message.Length)));
        file.Write(record);
    }

    /// <summary>TensorFlow's <c>crc32c::Mask</c>: a CRC of data that holds CRCs says little, so a stored one is rotated and shifted.</summary>
    internal static uint MaskedCrc(ReadOnlySpan<byte> data) => BitOperations.RotateRight(Crc32C.Append(0, data), 15) + 0xA282EAD8;

    private static ProtoMessage At(double seconds, long step) => new ProtoMessage().Add(WallTime, seconds).Add(Step, step);
}
