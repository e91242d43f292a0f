using System.Formats.Tar;
using System.IO.Compression;
using System.Reflection;
using System.Text.RegularExpressions;

namespace ModelGen.Tests;

/// <summary>The archive of eng/publish-portable.cs: unpacked where no .NET is in reach, it trains with a libtorch from elsewhere.</summary>
public sealed class PortableTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [LinuxFact]
    public void It_trains_without_NET_given_a_libtorch_and_data()
    {
        // Its own bound on the size is 45 MB; above, it fails.
        var (packed, said) = Dotnet.Run(Repository.Root, [], "run", "eng/publish-portable.cs", _folder.Path);
        Assert.True(packed == 0, said);
        Assert.Matches($@"(?m)^{Regex.Escape(_folder["mnist-linux-x64.tar.gz"])}: \d\d\.\d MB$", said);
        using (var unzipped = new GZipStream(File.OpenRead(_folder["mnist-linux-x64.tar.gz"]), CompressionMode.Decompress))
            TarFile.ExtractToDirectory(unzipped, _folder.Path, overwriteFiles: false);
        Assert.DoesNotContain(_folder.Entries, entry => entry.EndsWith("libtorch_cpu.so", StringComparison.Ordinal));

        var data = Pictures.Draw(_folder["pictures"], [.. Enumerable.Range(0, 10).Select(digit => $"{digit}")], width: 28, height: 28);
        (var trained, said) = Mnist("--libtorch", LibTorch, "--data", data, "--epochs", "1", "--limit", "32", "--threads", "1", "--out", _folder["run"]);
        Assert.True(trained == 0, said);
        Assert.True(File.Exists(_folder["run/model.pth"]));

        (var refused, said) = Mnist("--data", data);
        Assert.Equal(1, refused);
        Assert.Contains("or name the folder of a libtorch 2.10 with --libtorch or in MODELGEN_LIBTORCH.", said, StringComparison.Ordinal);
    }

    /// <summary>The libtorch that restores brought to this machine.</summary>
    private static string LibTorch => Path.Combine(
        typeof(PortableTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == "PackageFolder").Value!,
        "libtorch-cpu-linux-x64/2.10.0/runtimes/linux-x64/native");

    private (int ExitCode, string Output) Mnist(params string[] arguments) => Dotnet.Start(
        "/usr/bin/env", _folder.Path, [], ["-i", $"HOME={_folder.Path}", "PATH=/nowhere", "DOTNET_ROOT=/nowhere", _folder["mnist-linux-x64/Mnist"], .. arguments]);
}
