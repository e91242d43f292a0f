using System.Buffers.Binary;
using ModelGen.Reporting;

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
        var directory = stream.ReadAt(end.DirectoryStart, end.DirectorySize).Span;
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

    /// <summary>Reads an entry's content, a part of the file where that is mapped, and compares its checksum.</summary>
    public ReadOnlyMemory<byte> Read(ZipEntry entry)
    {
        if (!entry.IsPlain)
            throw new InvalidDataException(
                $"holds '{entry.Name}' compressed or encrypted, which torch.save never does: save it again with torch.save.");
        var header = _stream.ReadAt(entry.Offset, ZipSignatures.LocalHeaderSize).Span;
        var start = entry.Offset + header.Length + BinaryPrimitives.ReadUInt16LittleEndian(header[26..])
            + BinaryPrimitives.ReadUInt16LittleEndian(header[28..]);
        if (BinaryPrimitives.ReadUInt32LittleEndian(header) != ZipSignatures.LocalHeader || start + entry.Size > _directoryStart)
            throw new InvalidDataException($"is damaged: '{entry.Name}' is not where its table of contents says; copy or save it again.");
        if (entry.Size > Array.MaxLength)
            throw new InvalidDataException($"holds '{entry.Name}' of {Quantity.Count(entry.Size)} bytes; ModelGen reads tensors of up to 2 GiB.");

        var content = _stream.ReadAt(start, entry.Size);
        if (Crc32.Append(0, content.Span) != entry.Crc)
            throw new InvalidDataException($"is damaged: the checksum of '{entry.Name}' is wrong; copy or save it again.");
        return content;
    }
}
