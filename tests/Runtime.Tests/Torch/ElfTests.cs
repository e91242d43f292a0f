using CsCheck;
using ModelGen.Torch;

namespace ModelGen.Tests.Torch;

public sealed class ElfTests
{
    /// <summary>The real one, which comes with TorchSharp's package on every system.</summary>
    private static readonly string ShimPath = Path.Combine(AppContext.BaseDirectory, "runtimes", "linux-x64", "native", "libLibTorchSharp.so");
    private static readonly byte[] Shim = File.ReadAllBytes(ShimPath);

    [Fact]
    public void The_shims_needs_are_those_that_readelf_lists()
    {
        var needs = ElfVersionNeeds.Read(Shim);

        Assert.Equal(28, needs.Count);
        Assert.Equal("GLIBC_2.3 of ld-linux-x86-64.so.2", $"{needs[0].Version} of {needs[0].Library}");
        Assert.Equal(
            ["GLIBC_2.14", "GLIBC_2.34", "GLIBC_2.32", "GLIBC_2.4", "GLIBC_2.2.5"],
            needs.Where(need => need.Library == "libc.so.6").Select(need => need.Version));
        Assert.Contains(needs, need => need is { Library: "libstdc++.so.6", Version: "GLIBCXX_3.4.32" });
        Assert.Equal("GLIBCXX_3.4", needs[^1].Version);
    }

    [Fact]
    public void The_symbols_it_needs_are_those_that_nm_lists_as_undefined()
    {
        var symbols = ElfSymbols.Needed(Shim);

        Assert.Equal(1_314, symbols.Count);
        Assert.Contains("_ZSt21ios_base_library_initv", symbols);
        // Weak in every library that GCC links.
        Assert.DoesNotContain("__gmon_start__", symbols);
    }

    [Fact]
    public void Marking_a_need_as_weak_changes_one_bit_and_takes_it_off_the_list()
    {
        var need = ElfVersionNeeds.Read(Shim).Single(need => need.Version == "GLIBCXX_3.4.32");
        var patched = Shim.ToArray();

        ElfVersionNeeds.MarkWeak(patched, need);

        var changed = Assert.Single(Enumerable.Range(0, Shim.Length), i => patched[i] != Shim[i]);
        Assert.Equal(0x2, patched[changed] ^ Shim[changed]);
        Assert.Equal(ElfVersionNeeds.Read(Shim).Where(other => other != need), ElfVersionNeeds.Read(patched));
    }

    [Fact]
    public void A_library_that_versions_none_of_its_symbols_offers_no_version() => Assert.Empty(ElfVersionDefinitions.Read(Shim));

    [LinuxFact]
    public void The_hosts_libstdcxx_offers_its_versions()
    {
        var file = SharedObject.PathOf("libstdc++.so.6");
        Assert.NotNull(file);

        var versions = ElfVersionDefinitions.Read(File.ReadAllBytes(file));

        Assert.Contains("GLIBCXX_3.4", versions);
        Assert.Contains("CXXABI_1.3", versions);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    [InlineData(63)]
    [InlineData(1_000)]
    [InlineData(260_000)]
    public void A_file_that_was_cut_off_is_refused(int length)
    {
        using var folder = new TempFolder();
        var path = Path.Combine(folder.Path, "cut.so");
        File.WriteAllBytes(path, Shim[..length]);

        var error = Assert.Throws<ModelGenException>(() => ElfFile.CheckWhole(path));
        Assert.StartsWith($"'{path}' is damaged or incomplete", error.Message, StringComparison.Ordinal);
        Assert.Throws<InvalidDataException>(() => ElfVersionNeeds.Read(Shim.AsSpan(0, length)));
        Assert.Throws<InvalidDataException>(() => ElfSymbols.Needed(Shim.AsSpan(0, length)));
    }

    [Fact]
    public void A_whole_file_passes() => ElfFile.CheckWhole(ShimPath);

    [Fact]
    public void Files_of_other_kinds_are_refused()
    {
        Assert.Throws<InvalidDataException>(() => ElfVersionNeeds.Read("MZ, not an ELF file"u8));
        Assert.Throws<InvalidDataException>(() => ElfVersionDefinitions.Read("\u007fELF\u0001\u0001 of 32 bits"u8));
    }

    [Fact]
    public void Whatever_the_bytes_a_read_ends_inside_them()
    {
        // Flips bytes where the structure is: the head, the list of needs, the section headers.
        var needs = ElfVersionNeeds.Read(Shim);
        var headers = (int)BitConverter.ToInt64(Shim, 0x28);
        var place = Gen.OneOf(Gen.Int[6, 63], Gen.Int[needs[0].Offset - 16, needs[^1].Offset + 15], Gen.Int[headers, Shim.Length - 1]);
        Gen.Select(place, Gen.Byte).Array[1, 8].Sample(
            changes =>
            {
                var bytes = Shim.ToArray();
                foreach (var (at, value) in changes)
                    bytes[at] = value;
                try
                {
                    ElfSymbols.Needed(bytes);
                    Assert.All(ElfVersionNeeds.Read(bytes), need => Assert.InRange(need.Offset, 0, bytes.Length - 16));
                }
                catch (InvalidDataException)
                {
                    // A refusal is fine; any other exception isn't.
                }
            },
            iter: 500,
            threads: 1);
    }
}
