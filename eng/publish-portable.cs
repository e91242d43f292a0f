#!/usr/bin/env dotnet
// Packs samples/Mnist for Linux x64 into one archive that has .NET inside and no libtorch: dotnet run eng/publish-portable.cs [FOLDER]. It runs where there is
// neither, given a libtorch and, if not to draw digits, data: docs/faq.md. An archive of more than 45 MB is a failure.
#:property PublishAot=false
#:property EnforceCodeStyleInBuild=false
using System.Formats.Tar;
using System.Globalization;
using System.IO.Compression;
using static Command;

const string Name = "mnist-linux-x64";
const double MostMegabytes = 45;

// What only a debugger opens, and .NET starts without.
string[] ofDebuggers = ["createdump", "libmscordaccore.so", "libmscordbi.so"];

var root = Run("git", "rev-parse", "--show-toplevel").Trim();
var folder = Directory.CreateDirectory(args.FirstOrDefault() ?? Path.Combine(root, "artifacts")).FullName;
var work = Directory.CreateTempSubdirectory("modelgen-portable-").FullName;
try
{
    // In folders of its own: a restore for one system would disturb other builds of these sources, which also are the ones to look for mistakes. Nothing is trimmed, because TorchSharp finds a module's parts
    // by reflection, and the size does not ask for it.
    Run(
        "dotnet", "publish", Path.Combine(root, "samples/Mnist"), "-c", "Release", "-r", "linux-x64", "--self-contained", "--artifacts-path", Path.Combine(work, "build"),
        "-o", Path.Combine(work, Name), "-p:TorchBackend=none", "-p:GenerateDocumentationFile=false", "-p:RunAnalyzers=false", "-v", "q", "-nologo");
    var archive = Path.Combine(folder, $"{Name}.tar.gz");
    Pack(Path.Combine(work, Name), archive);
    var megabytes = new FileInfo(archive).Length / 1e6;
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{archive}: {megabytes:F1} MB"));
    if (megabytes <= MostMegabytes)
        return 0;
    Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"error: the archive may have {MostMegabytes} MB at most."));
    return 1;
}
finally
{
    Directory.Delete(work, recursive: true);
}

// The same files give the same bytes, from any system: sorted, of one time, and executable for everybody where a file is.
void Pack(string from, string archive)
{
    using var file = File.Create(archive);
    using var zipped = new GZipStream(file, CompressionLevel.SmallestSize);
    using var tar = new TarWriter(zipped, TarEntryFormat.Ustar);
    foreach (var path in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories).Where(path => !ofDebuggers.Contains(Path.GetFileName(path))).Order(StringComparer.Ordinal))
    {
        const UnixFileMode Read = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
        const UnixFileMode Execute = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;
        using var content = File.OpenRead(path);
        tar.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, $"{Name}/{Path.GetRelativePath(from, path).Replace('\\', '/')}")
        {
            Mode = Path.GetFileName(path) == "Mnist" ? Read | Execute : Read,
            ModificationTime = DateTimeOffset.UnixEpoch,
            DataStream = content,
        });
    }
}
