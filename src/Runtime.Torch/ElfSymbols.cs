using System.Buffers.Binary;

namespace ModelGen.Torch;

/// <summary>The <c>.dynsym</c> section of an ELF library (System V ABI, "Symbol Table"): here, which symbols it needs of others.</summary>
internal static class ElfSymbols
{
    private const uint SectionType = 11; // SHT_DYNSYM
    private const int EntryLength = 24;
    private const int Weak = 2; // STB_WEAK

    /// <summary>The names of the symbols that other libraries must have, in the file's order; the weak ones, which may be missing, are left out.</summary>
    /// <param name="elf">The library's bytes.</param>
    /// <exception cref="InvalidDataException">The bytes aren't a whole 64-bit little-endian ELF file.</exception>
    public static IReadOnlyList<string> Needed(ReadOnlySpan<byte> elf)
    {
        var file = new ElfFile(elf);
        var names = new List<string>();
        if (!file.TryFind(SectionType, out var section))
            return names;
        var table = file.Slice(section.Offset, section.Length);
        for (; table.Length >= EntryLength; table = table[EntryLength..])
        {
            // name, type and binding, visibility, section (0: another library's), value, size.
            var name = BinaryPrimitives.ReadUInt32LittleEndian(table);
            if (name != 0 && table[4] >> 4 != Weak && BinaryPrimitives.ReadUInt16LittleEndian(table[6..]) == 0)
                names.Add(file.Text(section, name));
        }

        return names;
    }
}
