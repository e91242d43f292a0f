using System.Buffers.Binary;
using System.Text;

namespace ModelGen.Formats.Zip;

/// <summary>
/// Reads the ZIP archives that <c>torch.save</c> writes: one disk, entries stored as they are, ZIP64 or not. No entry is ever
/// decompressed and the entries together can't exceed the file, so reading never allocates more than the file's length.
/// </summary>
/// <remarks>Every refusal is an <see cref="InvalidDataException"/> whose message continues a sentence that starts with the file's name.</remarks>
internal sealed class ZipReader
{
    private readonly Stream _stream;
    private readonly long _directoryStart;
    private readonly Dictionary<string, ZipEntry> _entries = new(StringComparer.Ordinal);

    /// <summary>Reads the archive's table of contents.</summary>
    /// <param name="stream">The whole archive; can seek.</param>
    public ZipReader(Stream stream)
    {
        _stream = stream;
        var end = ZipEnd.Find(stream);
        _directoryStart = end.DirectoryStart;
        var names = new List<string>();
        var total = 0L;
        ReadOnlySpan<byte> directory = stream.ReadAt(end.DirectoryStart, end.DirectorySize);
        for (var i = 0L; i < end.Count; i++)
        {
            var entry = ZipEntry.Take(ref directory);
            total += entry.Size;
            if (entry.Size > stream.Length || total > stream.Length)
                throw new InvalidDataException("is damaged: its parts claim to be larger than the file; copy or save it again.");
            if (!_entries.TryAdd(entry.Name, entry))
                throw new InvalidDataException($"is damaged: it holds '{entry.Name}' twice; save it again with torch.save.");
            names.Add(entry.Name);
        }

        Names = names;
    }

    /// <summary>The paths of the entries, in the archive's order.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The entry with a name, or null.</summary>
    public ZipEntry? Find(string name) => _entries.GetValueOrDefault(name);

    /// <summary>Reads an entry's content and compares its checksum.</summary>
    public byte[] Read(ZipEntry entry)
    {
        var header = _stream.ReadAt(entry.Offset, ZipSignatures.LocalHeaderSize).AsSpan();
        var start = entry.Offset + header.Length + BinaryPrimitives.ReadUInt16LittleEndian(header[26..])
            + BinaryPrimitives.ReadUInt16LittleEndian(header[28..]);
        if (BinaryPrimitives.ReadUInt32LittleEndian(header) != ZipSignatures.LocalHeader || start + entry.Size > _directoryStart)
            throw new InvalidDataException($"is damaged: '{entry.Name}' is not where its table of contents says; copy or save it again.");
        if (entry.Size > Array.MaxLength)
            throw new InvalidDataException($"holds '{entry.Name}' of {entry.Size:N0} bytes; ModelGen reads tensors of up to 2 GiB.");

        var content = _stream.ReadAt(start, entry.Size);
        if (Crc32.Append(0, content) != entry.Crc)
            throw new InvalidDataException($"is damaged: the checksum of '{entry.Name}' is wrong; copy or save it again.");
        return content;
    }
}

/// <summary>An entry of a ZIP archive, from its table of contents.</summary>
/// <param name="Name">Its path in the archive.</param>
/// <param name="Size">The bytes of its content.</param>
/// <param name="Crc">The checksum of its content.</param>
/// <param name="Offset">Where its local header starts in the file.</param>
internal sealed record ZipEntry(string Name, long Size, uint Crc, long Offset)
{
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
        if ((flags & 1) != 0 || method != 0)
            throw new InvalidDataException($"holds '{name}' compressed or encrypted, which torch.save never does: save it again with torch.save.");

        var fields = record.Slice(ZipSignatures.CentralRecordSize + nameSize, extraSize);
        var wide = Zip64Values(fields);
        var size = Widen(record[24..], ref wide);
        var storedSize = Widen(record[20..], ref wide);
        var offset = Widen(record[42..], ref wide);
        if (size < 0 || size != storedSize || offset < 0)
            throw Damaged();
        return new ZipEntry(name, size, BinaryPrimitives.ReadUInt32LittleEndian(record[16..]), offset);
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

    private static InvalidDataException Damaged() => new("is damaged: its table of contents can't be read; copy or save it again.");
}
