using System.Buffers.Binary;

namespace ModelGen.Torch;

/// <summary>The <c>.gnu.version_d</c> section of an ELF library: which versions of its own symbols it offers.</summary>
internal static class ElfVersionDefinitions
{
    private const uint SectionType = 0x6ffffffd; // SHT_GNU_verdef

    /// <summary>The versions that a library offers.</summary>
    /// <param name="elf">The library's bytes.</param>
    /// <exception cref="InvalidDataException">The bytes aren't a whole 64-bit little-endian ELF file.</exception>
    public static IReadOnlySet<string> Read(ReadOnlySpan<byte> elf)
    {
        var file = new ElfFile(elf);
        var versions = new HashSet<string>(StringComparer.Ordinal);
        if (!file.TryFind(SectionType, out var section))
            return versions;

        var entry = section.Offset;
        var entries = 0;
        for (uint next = 1; next != 0; entry += next)
        {
            if (++entries > ElfFile.MaxEntries)
                throw new InvalidDataException("its list of versions has no end");
            var definition = file.Slice(entry, 20);

            // The first name is the version itself; further ones are the versions that it builds on, which have entries of their own.
            var name = file.Slice(entry + BinaryPrimitives.ReadUInt32LittleEndian(definition[12..]), 8);
            versions.Add(file.Text(section, BinaryPrimitives.ReadUInt32LittleEndian(name)));
            next = BinaryPrimitives.ReadUInt32LittleEndian(definition[16..]);
        }

        return versions;
    }
}
