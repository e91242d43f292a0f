using System.IO.Compression;
using System.Reflection.PortableExecutable;
using System.Xml.Linq;

namespace ModelGen.Tests;

/// <summary>What is in the package.</summary>
[Collection(SharedPackage.Name)]
public sealed class ContentTests(PackedPackage package)
{
    [Fact]
    public void It_holds_these_files_and_needs_these_packages() => Repository.AssertDerived(
        "tests/Package.Tests/package.verified.txt",
        string.Concat(Entries().Select(entry => entry + "\n")) + "\n" + string.Concat(Dependencies().Select(dependency => dependency + "\n")));

    [Fact]
    public void It_needs_what_the_runtime_references_and_no_libtorch()
    {
        var referenced = new[] { "src/Runtime/ModelGen.Runtime.csproj", "src/Runtime.Cpu/ModelGen.Runtime.Cpu.csproj", "src/Runtime.Torch/ModelGen.Runtime.Torch.csproj" }
            .SelectMany(project => XDocument.Load(Path.Combine(Repository.Root, project)).Descendants("PackageReference"))
            .Where(reference => reference.Attribute("PrivateAssets") is null)
            .Select(reference => reference.Attribute("Include")!.Value);
        var dependencies = Dependencies().Select(dependency => dependency.Split(' ')[0]).ToArray();

        Assert.Empty(referenced.Except(dependencies));
        Assert.DoesNotContain(dependencies, dependency => dependency.Contains("libtorch", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void Its_version_has_a_section_in_the_list_of_changes() => Assert.Contains(
        $"\n## {XDocument.Load(Path.Combine(Repository.Root, "src/Directory.Build.props")).Descendants("Version").Single().Value} ",
        File.ReadAllText(Path.Combine(Repository.Root, "CHANGELOG.md")),
        StringComparison.Ordinal);

    [Fact]
    public void Symbols_are_inside_the_assemblies_and_name_no_folder_of_the_machine_that_built_them()
    {
        var sources = Read(archive => archive.Entries.Where(entry => entry.Name.EndsWith(".dll", StringComparison.Ordinal)).SelectMany(Sources).ToArray());

        Assert.True(sources.Length > 400, $"{sources.Length} sources in all");
        Assert.DoesNotContain(sources, source => !source.StartsWith("/_/src/", StringComparison.Ordinal));
    }

    [Fact]
    public void Packed_again_it_is_the_same_to_the_byte() =>
        Assert.Equal(File.ReadAllBytes(package.File), File.ReadAllBytes(package.Pack("Package", "again", "--no-build")));

    private string[] Entries() => PackedPackage.EntriesOf(package.File);

    private string[] Dependencies() => Read(archive =>
    {
        using var nuspec = archive.GetEntry("ModelGen.nuspec")!.Open();
        return XDocument.Load(nuspec).Descendants()
            .Where(element => element.Name.LocalName == "dependency")
            .Select(element => $"{element.Attribute("id")!.Value} {element.Attribute("version")!.Value}")
            .Order(StringComparer.Ordinal)
            .ToArray();
    });

    private T Read<T>(Func<ZipArchive, T> read)
    {
        using var archive = ZipFile.OpenRead(package.File);
        return read(archive);
    }

    private static List<string> Sources(ZipArchiveEntry entry)
    {
        using var content = new MemoryStream();
        using (var packed = entry.Open())
            packed.CopyTo(content);
        content.Position = 0;
        using var assembly = new PEReader(content);
        var embedded = assembly.ReadDebugDirectory().Single(debug => debug.Type == DebugDirectoryEntryType.EmbeddedPortablePdb);
        using var symbols = assembly.ReadEmbeddedPortablePdbDebugDirectoryData(embedded);
        var reader = symbols.GetMetadataReader();
        return [.. reader.Documents.Select(document => reader.GetString(reader.GetDocument(document).Name))];
    }
}
