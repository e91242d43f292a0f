using System.Buffers.Binary;

namespace ModelGen.Formats.Zip;

/// <summary>A ZIP archive's end record: where its table of contents is.</summary>
/// <param name="Count">The number of entries.</param>
/// <param name="DirectoryStart">Where the central directory starts in the file.</param>
/// <param name="DirectorySize">The bytes of the central directory.</param>
internal readonly record struct ZipEnd(long Count, long DirectoryStart, long DirectorySize)
{
    /// <summary>Finds the end record, which is the last thing in the file but for a comment of at most 65,535 bytes.</summary>
    /// <exception cref="InvalidDataException">There is none, or it points out of the file.</exception>
    public static ZipEnd Find(Stream stream)
    {
        var tailSize = (int)Math.Min(stream.Length, ZipSignatures.EndSize + ushort.MaxValue);
        var tailStart = stream.Length - tailSize;
        var tail = stream.ReadAt(tailStart, tailSize).Span;
        for (var i = tailSize - ZipSignatures.EndSize; i >= 0; i--)
        {
            var record = tail[i..];
            if (BinaryPrimitives.ReadUInt32LittleEndian(record) == ZipSignatures.End
                && BinaryPrimitives.ReadUInt16LittleEndian(record[20..]) == record.Length - ZipSignatures.EndSize)
                return Read(stream, record, tailStart + i);
        }

        throw new InvalidDataException("is cut short: the end of the archive is missing; copy or save it again.");
    }

    private static ZipEnd Read(Stream stream, ReadOnlySpan<byte> record, long position)
    {
        var count = BinaryPrimitives.ReadUInt16LittleEndian(record[10..]);
        var size = BinaryPrimitives.ReadUInt32LittleEndian(record[12..]);
        var start = BinaryPrimitives.ReadUInt32LittleEndian(record[16..]);
        var end = count == ZipSignatures.Elsewhere16 || size == ZipSignatures.Elsewhere32 || start == ZipSignatures.Elsewhere32
            ? Read64(stream, position - ZipSignatures.Locator64Size)
            : new ZipEnd(count, start, size);

        // Subtractions of what is known to be in range, because a sum of hostile numbers can wrap around.
        if (end.DirectoryStart < 0 || end.DirectoryStart > position || end.DirectorySize < 0 || end.DirectorySize > position - end.DirectoryStart
            || end.DirectorySize > Array.MaxLength || end.Count < 0 || end.Count > end.DirectorySize / ZipSignatures.CentralRecordSize)
            throw Damaged();
        return end;
    }

    private static ZipEnd Read64(Stream stream, long locatorPosition)
    {
        var locator = stream.ReadAt(locatorPosition, ZipSignatures.Locator64Size).Span;
        if (BinaryPrimitives.ReadUInt32LittleEndian(locator) != ZipSignatures.Locator64)
            throw Damaged();
        var record = stream.ReadAt(BinaryPrimitives.ReadInt64LittleEndian(locator[8..]), ZipSignatures.End64Size).Span;
        if (BinaryPrimitives.ReadUInt32LittleEndian(record) != ZipSignatures.End64)
            throw Damaged();
        return new ZipEnd(
            BinaryPrimitives.ReadInt64LittleEndian(record[32..]),
            BinaryPrimitives.ReadInt64LittleEndian(record[48..]),
            BinaryPrimitives.ReadInt64LittleEndian(record[40..]));
    }

    private static InvalidDataException Damaged() => new("is damaged: the end of the archive cannot be read; copy or save it again.");
}
