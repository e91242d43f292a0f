using System.Buffers.Binary;
using System.Text;

namespace ModelGen.Formats.Zip;

/// <summary>An entry of a ZIP archive, from its table of contents.</summary>
/// <param name="Name">Its path in the archive.</param>
/// <param name="Size">The bytes it takes in the file.</param>
/// <param name="Crc">The checksum of its content.</param>
/// <param name="Offset">Where its local header starts in the file.</param>
/// <param name="IsPlain">Whether its content is in the file as it is, neither compressed nor encrypted.</param>
internal sealed record ZipEntry(string Name, long Size, uint Crc, long Offset, bool IsPlain)
{
    private const int Encrypted = 1;
    private const int Stored = 0;

    /// <summary>Reads a record of the central directory and moves past it.</summary>
    public static ZipEntry Take(ref ReadOnlySpan<byte> directory)
    {
        if (directory.Length < ZipSignatures.CentralRecordSize
            || BinaryPrimitives.ReadUInt32LittleEndian(directory) != ZipSignatures.CentralRecord)
            throw Damaged();
        var record = directory;
        int nameSize = BinaryPrimitives.ReadUInt16LittleEndian(record[28..]);
        int extraSize = BinaryPrimitives.ReadUInt16LittleEndian(record[30..]);
        int commentSize = BinaryPrimitives.ReadUInt16LittleEndian(record[32..]);
        if (record.Length < ZipSignatures.CentralRecordSize + nameSize + extraSize + commentSize)
            throw Damaged();
        directory = record[(ZipSignatures.CentralRecordSize + nameSize + extraSize + commentSize)..];

        var name = Encoding.UTF8.GetString(record.Slice(ZipSignatures.CentralRecordSize, nameSize));
        var flags = BinaryPrimitives.ReadUInt16LittleEndian(record[8..]);
        var method = BinaryPrimitives.ReadUInt16LittleEndian(record[10..]);

        var fields = record.Slice(ZipSignatures.CentralRecordSize + nameSize, extraSize);
        var wide = Zip64Values(fields);
        var size = Widen(record[24..], ref wide);
        var storedSize = Widen(record[20..], ref wide);
        var offset = Widen(record[42..], ref wide);
        if (size < 0 || storedSize < 0 || offset < 0)
            throw Damaged();
        var isPlain = (flags & Encrypted) == 0 && method == Stored && size == storedSize;
        return new ZipEntry(name, storedSize, BinaryPrimitives.ReadUInt32LittleEndian(record[16..]), offset, isPlain);
    }

    /// <summary>The content of the ZIP64 extra field: the values, in a fixed order, that their own places say are elsewhere.</summary>
    private static ReadOnlySpan<byte> Zip64Values(ReadOnlySpan<byte> fields)
    {
        while (fields.Length >= 4)
        {
            int size = BinaryPrimitives.ReadUInt16LittleEndian(fields[2..]);
            if (size > fields.Length - 4)
                throw Damaged();
            if (BinaryPrimitives.ReadUInt16LittleEndian(fields) == ZipSignatures.Zip64Field)
                return fields.Slice(4, size);
            fields = fields[(4 + size)..];
        }

        return [];
    }

    private static long Widen(ReadOnlySpan<byte> place, ref ReadOnlySpan<byte> wide)
    {
        var value = BinaryPrimitives.ReadUInt32LittleEndian(place);
        if (value != ZipSignatures.Elsewhere32)
            return value;
        if (wide.Length < sizeof(long))
            throw Damaged();
        var result = BinaryPrimitives.ReadInt64LittleEndian(wide);
        wide = wide[sizeof(long)..];
        return result;
    }

    private static InvalidDataException Damaged() => new("is damaged: its table of contents cannot be read; copy or save it again.");
}
