using System.Text.Json;

namespace ModelGen.Tests;

/// <summary>Which package brings libtorch, by <c>TorchBackend</c> and operating system, and what docs/faq.md says of them.</summary>
public sealed class LibTorchPackageTests
{
    private const string Targets = "src/Runtime.Torch/build/LibTorchPackage.targets";

    [Theory]
    [InlineData("cpu", "linux", "libtorch-cpu-linux-x64")]
    [InlineData("cpu", "windows", "libtorch-cpu-win-x64")]
    [InlineData("cpu", "macos", "libtorch-cpu-osx-arm64")]
    [InlineData("cuda", "linux", "TorchSharp-cuda-linux")]
    [InlineData("cuda", "windows", "TorchSharp-cuda-windows")]
    public void Each_system_has_its_package_and_a_row_in_the_docs(string backend, string system, string package)
    {
        var (exitCode, said) = Evaluate(backend, system, "-getProperty:_LibTorchPackage", "-getProperty:_LibTorchVersion");
        Assert.True(exitCode == 0, said);
        using var json = JsonDocument.Parse(said);
        var properties = json.RootElement.GetProperty("Properties");
        Assert.Equal(package, properties.GetProperty("_LibTorchPackage").GetString());

        // Else run eng/libtorch-packages.cs.
        var row = $"| `{package}` {properties.GetProperty("_LibTorchVersion").GetString()} | ";
        Assert.Single(File.ReadLines(Path.Combine(Repository.Root, "docs/faq.md")), line => line.StartsWith($"| `{backend}` | ", StringComparison.Ordinal) && line.Contains(row, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("linux")]
    [InlineData("windows")]
    [InlineData("macos")]
    public void None_brings_none(string system) => Assert.Equal((0, ""), Evaluate("none", system, "-getProperty:_LibTorchPackage"));

    [Fact]
    public void CUDA_on_macOS_is_refused_with_what_to_do()
    {
        var (exitCode, said) = Evaluate("cuda", "macos", "-t:CheckTorchBackend");

        Assert.Equal(1, exitCode);
        Assert.Contains("error : TorchBackend is 'cuda', but macOS has no CUDA: leave the property out to train on the CPU.", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("linux")]
    [InlineData("windows")]
    public void CUDA_elsewhere_is_not_refused(string system) => Assert.Equal(0, Evaluate("cuda", system, "-t:CheckTorchBackend").ExitCode);

    private static (int ExitCode, string Output) Evaluate(string backend, string system, params string[] arguments) =>
        Dotnet.Run(Repository.Root, [], ["msbuild", Targets, "-nologo", "-v:q", $"-p:TorchBackend={backend}", $"-p:_LibTorchSystem={system}", .. arguments]);
}
