using System.Buffers.Binary;
using System.Text;

namespace ModelGen.Torch;

/// <summary>A section of an ELF file and the section that holds its strings.</summary>
/// <param name="Offset">Where it starts in the file.</param>
/// <param name="Length">Its bytes.</param>
/// <param name="Strings">Where its strings start in the file.</param>
/// <param name="StringsLength">The bytes of its strings.</param>
internal readonly record struct ElfSection(long Offset, long Length, long Strings, long StringsLength);

/// <summary>
/// A careful reader of a 64-bit little-endian ELF file: whatever the bytes, it reads inside them or throws
/// <see cref="InvalidDataException"/>.
/// </summary>
internal readonly ref struct ElfFile
{
    /// <summary>More entries than any library has; a list that is longer is damaged.</summary>
    public const int MaxEntries = 10_000;

    private const int SectionHeaderLength = 64;

    private readonly ReadOnlySpan<byte> _bytes;

    /// <summary>The first bytes of every 64-bit little-endian ELF file.</summary>
    private static ReadOnlySpan<byte> Magic => "\u007fELF\u0002\u0001"u8;

    /// <summary>Checks the file's head.</summary>
    /// <exception cref="InvalidDataException">The bytes aren't a 64-bit little-endian ELF file.</exception>
    public ElfFile(ReadOnlySpan<byte> bytes)
    {
        _bytes = bytes;
        if (!bytes.StartsWith(Magic))
            throw new InvalidDataException("not a 64-bit little-endian ELF file");
    }

    /// <summary>
    /// Checks that a file is as long as its head says (the section headers come last). The system loader doesn't: it maps a file
    /// that was cut off, and the process dies at the first touch of what isn't there.
    /// </summary>
    /// <exception cref="ModelGenException">It isn't, or it can't be read.</exception>
    public static void CheckWhole(string path)
    {
        try
        {
            using var file = File.OpenHandle(path);
            Span<byte> head = stackalloc byte[64];
            var read = RandomAccess.Read(file, head, 0);
            var headers = BinaryPrimitives.ReadInt64LittleEndian(head[0x28..]);
            var length = SectionHeaderLength * BinaryPrimitives.ReadUInt16LittleEndian(head[0x3c..]);
            if (read < head.Length || !head.StartsWith(Magic) || headers > RandomAccess.GetLength(file) - length)
                throw new ModelGenException($"'{path}' is damaged or incomplete: restore and build the program again, or copy the file again.");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ModelGenException($"'{path}' cannot be read: {error.Message}", error);
        }
    }

    /// <summary>Finds the first section of a type.</summary>
    public bool TryFind(uint type, out ElfSection section)
    {
        var headers = BinaryPrimitives.ReadInt64LittleEndian(Slice(0x28, 8));
        var count = BinaryPrimitives.ReadUInt16LittleEndian(Slice(0x3c, 2));
        for (var i = 0; i < count; i++)
        {
            var header = Header(headers, i);
            if (BinaryPrimitives.ReadUInt32LittleEndian(header[4..]) != type)
                continue;
            var strings = Header(headers, BinaryPrimitives.ReadUInt32LittleEndian(header[0x28..]));
            section = new ElfSection(OffsetIn(header), LengthIn(header), OffsetIn(strings), LengthIn(strings));
            return true;
        }

        section = default;
        return false;
    }

    /// <summary>The bytes at a place in the file.</summary>
    public ReadOnlySpan<byte> Slice(long offset, long length) =>
        offset >= 0 && length >= 0 && offset <= _bytes.Length - length
            ? _bytes.Slice((int)offset, (int)length)
            : throw new InvalidDataException(FormattableString.Invariant($"the file ends before byte {offset}"));

    /// <summary>A string of a section, which ends at its zero byte.</summary>
    public string Text(ElfSection section, uint index)
    {
        var strings = Slice(section.Strings, section.StringsLength);
        var start = index < strings.Length ? strings[(int)index..] : [];
        var length = start.IndexOf((byte)0);
        return length >= 0 ? Encoding.UTF8.GetString(start[..length]) : throw new InvalidDataException("a name has no end");
    }

    private static long OffsetIn(ReadOnlySpan<byte> header) => BinaryPrimitives.ReadInt64LittleEndian(header[0x18..]);

    private static long LengthIn(ReadOnlySpan<byte> header) => BinaryPrimitives.ReadInt64LittleEndian(header[0x20..]);

    private ReadOnlySpan<byte> Header(long headers, long index) =>
        headers >= 0 && headers <= _bytes.Length
            ? Slice(headers + (index * SectionHeaderLength), SectionHeaderLength)
            : throw new InvalidDataException("the file ends before its section headers");
}
