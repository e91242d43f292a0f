using System.Reflection;
using System.Xml.Linq;

namespace ModelGen.Tests;

/// <summary>The package, packed once for all tests, and a folder for the projects that use it.</summary>
public sealed class PackedPackage : IDisposable
{
    /// <summary>Never given away, so that no package folder of the machine has a package of the same version.</summary>
    public const string Version = "0.0.0-test";

    private readonly TempFolder _folder = new();

    public PackedPackage()
    {
        var (exitCode, output) = Dotnet.Run(
            Repository.Root, [], "pack", "src/Package", "-c", "Release", "--no-restore", "-o", _folder["feed"], $"-p:PackageVersion={Version}", "-v", "q", "-nologo");
        Assert.True(exitCode == 0, output);
        WriteSources();
    }

    /// <summary>The packed file.</summary>
    public string File => Path.Combine(_folder["feed"], $"ModelGen.{Version}.nupkg");

    /// <summary>
    /// What a consumer's build sees: a package folder that holds ours alone, and the machine's own for the rest, as libtorch is not to be loaded
    /// down again. Files are linked where they can be, and nobody asks a server whether a package is known to be unsafe.
    /// </summary>
    private Dictionary<string, string> Environment => new()
    {
        ["NUGET_PACKAGES"] = _folder["packages"],
        ["NUGET_FALLBACK_PACKAGES"] = typeof(PackedPackage).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "PackageFolder").Value!,
        ["NuGetAudit"] = "false",
        ["CreateHardLinksForCopyFilesToOutputDirectoryIfPossible"] = "true",
    };

    /// <summary>Writes files under a new folder's name; a project among them references the package by <see cref="Version"/>.</summary>
    public void Write(string folder, params (string Path, string Text)[] files)
    {
        foreach (var (path, text) in files)
        {
            var full = Path.Combine(_folder[folder], path);
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            System.IO.File.WriteAllText(full, text);
        }
    }

    /// <summary>Whether the folder holds a file.</summary>
    public bool Has(string folder, string path) => System.IO.File.Exists(Path.Combine(_folder[folder], path));

    /// <summary>Builds a folder's project or solution and returns its warnings and errors, each once and as a user reads it.</summary>
    public string[] Build(string folder, params string[] arguments)
    {
        var (exitCode, output) = Dotnet.Run(_folder[folder], Environment, ["build", "-v", "q", "-nologo", "-tl:off", "-clp:NoSummary", .. arguments]);
        var said = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Trim()).Distinct().ToArray();
        Assert.True(exitCode == 0 || said.Any(line => line.Contains("error", StringComparison.Ordinal)), output);
        return said;
    }

    /// <summary>Runs a built project and returns what it printed.</summary>
    public string Run(string folder, string project, params string[] arguments)
    {
        var (exitCode, output) = Dotnet.Run(_folder[folder], Environment, ["run", "--no-build", "--project", project, "--", .. arguments]);
        Assert.True(exitCode == 0, output);
        return output;
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>The repository's own sources, and the folder for our package, which comes from nowhere else.</summary>
    private void WriteSources()
    {
        var sources = XDocument.Load(Path.Combine(Repository.Root, "nuget.config"));
        sources.Root!.Add(new XElement("packageSources", new XElement("add", new XAttribute("key", "packed"), new XAttribute("value", _folder["feed"]))));
        sources.Root.Element("packageSourceMapping")!.Add(
            new XElement("packageSource", new XAttribute("key", "packed"), new XElement("package", new XAttribute("pattern", "ModelGen"))));
        sources.Save(_folder["nuget.config"]);
    }
}

/// <summary>The tests that share the packed package.</summary>
[CollectionDefinition(Name)]
public sealed class SharedPackage : ICollectionFixture<PackedPackage>
{
    public const string Name = "The packed package";
}
