using System.IO.Compression;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace ModelGen.Tests;

/// <summary>The package, packed once for all tests, and a folder for the projects that use it.</summary>
public sealed partial class PackedPackage : IDisposable
{
    /// <summary>Never given away, so that no package folder of the machine has a package of the same version.</summary>
    public const string Version = "0.0.0-test";

    private readonly TempFolder _folder = new();

    public PackedPackage()
    {
        File = Pack("Package", "feed");
        WriteSources();
    }

    /// <summary>The packed file.</summary>
    public string File { get; }

    /// <summary>
    /// What a consumer's build sees: a package folder that holds ours alone, and the machine's own for the rest, as libtorch is not to be
    /// downloaded again. Files are linked where they can be, and nobody asks a server whether a package is known to be unsafe.
    /// </summary>
    private Dictionary<string, string> Environment => new()
    {
        ["NUGET_PACKAGES"] = _folder["packages"],
        ["NUGET_FALLBACK_PACKAGES"] = typeof(PackedPackage).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "PackageFolder").Value!,
        ["NuGetAudit"] = "false",
        ["CreateHardLinksForCopyFilesToOutputDirectoryIfPossible"] = "true",
    };

    /// <summary>Packs one of the sources' projects into a folder and returns the file.</summary>
    public string Pack(string project, string folder, params string[] arguments)
    {
        var (exitCode, output) = Dotnet.Run(
            Repository.Root, [], ["pack", $"src/{project}", "-c", "Release", "--no-restore", "-o", _folder[folder], $"-p:PackageVersion={Version}", "-v", "q", .. arguments]);
        Assert.True(exitCode == 0, output);
        return Path.Combine(_folder[folder], $"ModelGen{(project == "Package" ? "" : "." + project)}.{Version}.nupkg");
    }

    /// <summary>
    /// Runs a command of dotnet's that keeps things in the home folder, in one of the tests' own, and returns what it printed. NuGet's settings of
    /// the real home are not seen from there, so it restores nothing but our packages.
    /// </summary>
    public string RunAtHome(string folder, params string[] arguments)
    {
        Directory.CreateDirectory(_folder[folder]);
        var (exitCode, output) = Dotnet.Run(_folder[folder], Environment.Append(new("DOTNET_CLI_HOME", _folder["home"])), arguments);
        Assert.True(exitCode == 0, output);
        return output;
    }

    /// <summary>Writes a consumer's files into a folder of its own.</summary>
    public void Write(string folder, params (string Path, string Text)[] files)
    {
        foreach (var (path, text) in files)
        {
            var full = Path.Combine(_folder[folder], path);
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            System.IO.File.WriteAllText(full, text);
        }
    }

    /// <summary>The path of something in a folder.</summary>
    public string PathOf(string folder, string path = "") => Path.Combine(_folder[folder], path);

    /// <summary>Whether the folder holds a file.</summary>
    public bool Has(string folder, string path) => System.IO.File.Exists(Path.Combine(_folder[folder], path));

    /// <summary>Builds a folder's project or solution and returns its warnings and errors, each once.</summary>
    public string[] Build(string folder, params string[] arguments)
    {
        var (exitCode, output) = Dotnet.Run(_folder[folder], Environment, ["build", "-v", "q", "-nologo", "-tl:off", .. arguments]);
        var said = output.Split('\n').Where(line => Said().IsMatch(line)).Distinct().ToArray();
        Assert.True(exitCode == 0 || said.Length > 0, output);
        return said;
    }

    /// <summary>Runs a built project and returns what it printed.</summary>
    public string Run(string folder, string project, params string[] arguments)
    {
        var (exitCode, output) = Dotnet.Run(_folder[folder], Environment, ["run", "--no-build", "--project", project, "--", .. arguments]);
        Assert.True(exitCode == 0, output);
        return output;
    }

    /// <summary>The names of what a package holds, without those that every package has.</summary>
    public static string[] EntriesOf(string file)
    {
        using var archive = ZipFile.OpenRead(file);
        return [.. archive.Entries
            .Select(entry => entry.FullName)
            .Where(name => !name.StartsWith("_rels/", StringComparison.Ordinal) && !name.StartsWith("package/", StringComparison.Ordinal) && name[0] != '[')
            .Order(StringComparer.Ordinal)];
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>The repository's own sources, and the folder for our packages, which come from nowhere else.</summary>
    private void WriteSources()
    {
        var sources = XDocument.Load(Path.Combine(Repository.Root, "nuget.config"));
        sources.Root!.Add(new XElement("packageSources", new XElement("add", new XAttribute("key", "packed"), new XAttribute("value", _folder["feed"]))));
        sources.Root.Element("packageSourceMapping")!.Add(
            new XElement("packageSource", new XAttribute("key", "packed"), new XElement("package", new XAttribute("pattern", "ModelGen*"))));
        sources.Save(_folder["nuget.config"]);
    }

    // "Net.cs(3,5): error MG1002: …", and also from targets, which give no id.
    [GeneratedRegex(": (error|warning) ")]
    private static partial Regex Said();
}

/// <summary>The tests that share the packed package.</summary>
[CollectionDefinition(Name)]
public sealed class SharedPackage : ICollectionFixture<PackedPackage>
{
    public const string Name = "The packed package";
}
