using System.Buffers.Binary;

namespace ModelGen.Torch;

/// <summary>A version of another library's symbols that an ELF library needs, such as <c>GLIBCXX_3.4.32</c> of <c>libstdc++.so.6</c>.</summary>
/// <param name="Library">The other library's name.</param>
/// <param name="Version">The version.</param>
/// <param name="Offset">Where its <c>vernaux</c> entry is in the file.</param>
internal readonly record struct VersionNeed(string Library, string Version, int Offset);

/// <summary>
/// The <c>.gnu.version_r</c> section of an ELF library (Linux Standard Base, "Symbol Versioning"): which versions of other
/// libraries' symbols it needs. The system loader refuses the library if one is missing, unless the entry is marked weak.
/// </summary>
internal static class ElfVersionNeeds
{
    private const uint SectionType = 0x6ffffffe; // SHT_GNU_verneed
    private const ushort Weak = 0x2; // VER_FLG_WEAK

    /// <summary>Lists the versions that a library needs, in the file's order; those marked weak are left out.</summary>
    /// <param name="elf">The library's bytes.</param>
    /// <exception cref="InvalidDataException">The bytes aren't a whole 64-bit little-endian ELF file.</exception>
    public static IReadOnlyList<VersionNeed> Read(ReadOnlySpan<byte> elf)
    {
        var file = new ElfFile(elf);
        var needs = new List<VersionNeed>();
        if (!file.TryFind(SectionType, out var section))
            return needs;

        // Both lists are chained by distances from an entry to the next; a distance of 0 ends them.
        var entry = section.Offset;
        var entries = 0;
        for (uint next = 1; next != 0; entry += next)
        {
            var need = file.Slice(entry, 16);
            var library = file.Text(section, BinaryPrimitives.ReadUInt32LittleEndian(need[4..]));
            var at = entry + BinaryPrimitives.ReadUInt32LittleEndian(need[8..]);
            for (uint nextVersion = 1; nextVersion != 0; at += nextVersion)
            {
                if (++entries > ElfFile.MaxEntries)
                    throw new InvalidDataException("its list of versions has no end");
                var version = file.Slice(at, 16);
                if ((BinaryPrimitives.ReadUInt16LittleEndian(version[4..]) & Weak) == 0)
                    needs.Add(new VersionNeed(library, file.Text(section, BinaryPrimitives.ReadUInt32LittleEndian(version[8..])), (int)at));
                nextVersion = BinaryPrimitives.ReadUInt32LittleEndian(version[12..]);
            }

            next = BinaryPrimitives.ReadUInt32LittleEndian(need[12..]);
        }

        return needs;
    }

    /// <summary>Marks a need as weak: the system loader then loads the library although the version is missing.</summary>
    /// <param name="elf">The bytes that the need was read from.</param>
    /// <param name="need">The need.</param>
    public static void MarkWeak(Span<byte> elf, VersionNeed need) => elf[need.Offset + 4] |= (byte)Weak;
}
