using System.Text;

namespace ModelGen.Formats.Zip;

/// <summary>
/// Writes a ZIP archive as PyTorch does: entries stored as they are, each content at a multiple of <see cref="Alignment"/> bytes,
/// ZIP64 where an offset or a count needs it. The same entries give the same bytes: nothing in them is a time or a place.
/// </summary>
/// <param name="writer">Where to write: empty, or at the position where the archive starts.</param>
internal sealed class ZipWriter(BinaryWriter writer)
{
    /// <summary>Bytes that each content's position is a multiple of, so that it can be mapped into memory (<c>kFieldAlignment</c>).</summary>
    public const int Alignment = 64;

    private const ushort Utf8Names = 0x0800;
    private const ushort FirstOfJanuary1980 = 0x0021;
    private static readonly byte[] Padding = Enumerable.Repeat((byte)'Z', Alignment).ToArray();

    private readonly List<Entry> _entries = [];

    /// <summary>Adds an entry.</summary>
    /// <param name="name">Its path in the archive, with slashes.</param>
    /// <param name="content">Its bytes; being a span, never so many that the entry itself needs ZIP64.</param>
    /// <returns>The content's checksum.</returns>
    public uint Add(string name, ReadOnlySpan<byte> content)
    {
        var entry = new Entry(Encoding.UTF8.GetBytes(name), (uint)content.Length, Crc32.Append(0, content), writer.BaseStream.Position);
        _entries.Add(entry);

        var fieldStart = entry.Offset + ZipSignatures.LocalHeaderSize + entry.Name.Length;
        var padding = (int)(-(fieldStart + 4) & (Alignment - 1));
        writer.Write(ZipSignatures.LocalHeader);
        WriteCommonPart(entry, versionNeeded: 20, extraSize: 4 + padding);
        writer.Write(entry.Name);
        writer.Write(ZipSignatures.PaddingField);
        writer.Write((ushort)padding);
        writer.Write(Padding, 0, padding);
        writer.Write(content);
        return entry.Crc;
    }

    /// <summary>Writes the archive's table of contents, after which it is complete.</summary>
    public void Finish()
    {
        var start = writer.BaseStream.Position;
        foreach (var entry in _entries)
            WriteCentralRecord(entry);

        var end = writer.BaseStream.Position;
        if (_entries.Count >= ZipSignatures.Elsewhere16 || end >= ZipSignatures.Elsewhere32)
            WriteEnd64(start, end);
        WriteEnd(start, end);
    }

    private void WriteCentralRecord(Entry entry)
    {
        var isFar = entry.Offset >= ZipSignatures.Elsewhere32;
        writer.Write(ZipSignatures.CentralRecord);
        writer.Write((ushort)45); // Made by: version 4.5 of the format, on no system in particular.
        WriteCommonPart(entry, versionNeeded: isFar ? 45 : 20, extraSize: isFar ? 12 : 0);
        writer.Write((ushort)0); // No comment.
        writer.Write((ushort)0); // First disk.
        writer.Write((ushort)0); // No internal attributes.
        writer.Write(0u); // No external attributes.
        writer.Write(isFar ? ZipSignatures.Elsewhere32 : (uint)entry.Offset);
        writer.Write(entry.Name);
        if (isFar)
        {
            writer.Write(ZipSignatures.Zip64Field);
            writer.Write((ushort)sizeof(long));
            writer.Write(entry.Offset);
        }
    }

    /// <summary>What a local header and a central record have in common.</summary>
    private void WriteCommonPart(Entry entry, int versionNeeded, int extraSize)
    {
        writer.Write((ushort)versionNeeded);
        writer.Write(Utf8Names);
        writer.Write((ushort)0); // Stored.
        writer.Write((ushort)0); // Midnight.
        writer.Write(FirstOfJanuary1980);
        writer.Write(entry.Crc);
        writer.Write(entry.Size);
        writer.Write(entry.Size);
        writer.Write((ushort)entry.Name.Length);
        writer.Write((ushort)extraSize);
    }

    private void WriteEnd64(long start, long end)
    {
        writer.Write(ZipSignatures.End64);
        writer.Write((long)ZipSignatures.End64Size - 12); // Counts what follows this number.
        writer.Write((ushort)45);
        writer.Write((ushort)45);
        writer.Write(0u);
        writer.Write(0u);
        writer.Write((long)_entries.Count);
        writer.Write((long)_entries.Count);
        writer.Write(end - start);
        writer.Write(start);

        writer.Write(ZipSignatures.Locator64);
        writer.Write(0u);
        writer.Write(end);
        writer.Write(1u);
    }

    private void WriteEnd(long start, long end)
    {
        var count = (ushort)Math.Min(_entries.Count, ZipSignatures.Elsewhere16);
        writer.Write(ZipSignatures.End);
        writer.Write((ushort)0);
        writer.Write((ushort)0);
        writer.Write(count);
        writer.Write(count);
        writer.Write((uint)Math.Min(end - start, ZipSignatures.Elsewhere32));
        writer.Write((uint)Math.Min(start, ZipSignatures.Elsewhere32));
        writer.Write((ushort)0);
    }

    private readonly record struct Entry(byte[] Name, uint Size, uint Crc, long Offset);
}
