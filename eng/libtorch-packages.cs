#!/usr/bin/env dotnet
// Writes the table of libtorch's packages in docs/faq.md: dotnet run eng/libtorch-packages.cs. It downloads each of them, from gigabytes of CUDA's down, to measure
// it; what the package source of this machine does not have stays without a size.
#:property PublishAot=false
#:property EnforceCodeStyleInBuild=false
using System.Globalization;
using System.Text.Json;
using static Command;

const string Page = "docs/faq.md";
const string Begin = "<!-- Written by eng/libtorch-packages.cs. -->\n";
const string End = "<!-- So far. -->\n";

Directory.SetCurrentDirectory(Run("git", "rev-parse", "--show-toplevel").Trim());
var rows = "";
var isWhole = true;
foreach (var (backend, system, name) in new[]
{
    ("cpu", "linux", "Linux x64"), ("cpu", "windows", "Windows x64"), ("cpu", "macos", "macOS on Apple silicon"), ("cuda", "linux", "Linux x64"), ("cuda", "windows", "Windows x64"),
})
{
    var stated = Run(
        "dotnet", "msbuild", "src/Runtime.Torch/build/LibTorchPackage.targets", $"-p:TorchBackend={backend}", $"-p:_LibTorchSystem={system}",
        "-getProperty:_LibTorchPackage", "-getProperty:_LibTorchVersion");
    using var json = JsonDocument.Parse(stated);
    var (package, version) = (Property("_LibTorchPackage"), Property("_LibTorchVersion"));
    var size = Measure(package, version);
    isWhole &= size is not null;
    rows += $"| `{backend}` | {name} | `{package}` {version} | {size?.Download ?? "not measured"} | {size?.Unpacked ?? "not measured"} |\n";

    string Property(string property) => json.RootElement.GetProperty("Properties").GetProperty(property).GetString()!;
}

var text = File.ReadAllText(Page);
var (from, to) = (text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length, text.IndexOf(End, StringComparison.Ordinal));
var note = isWhole ? "" : "\nNot measured are packages that the source of the machine that wrote this table did not have.\n";
File.WriteAllText(Page, $"{text[..from]}\n| `TorchBackend` | system | package | download | unpacked |\n|---|---|---|---|---|\n{rows}{note}\n{text[to..]}");

// A package with all that it brings of libtorch: CUDA's is in parts.
static (string Download, string Unpacked)? Measure(string package, string version)
{
    var folder = Directory.CreateTempSubdirectory("modelgen-packages-").FullName;
    try
    {
        File.WriteAllText(Path.Combine(folder, "Package.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <RestorePackagesPath>packages</RestorePackagesPath>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="{package}" Version="{version}" />
              </ItemGroup>
            </Project>
            """);
        if (Try("dotnet", "restore", folder).ExitCode != 0)
            return null;
        var files = Directory.EnumerateDirectories(Path.Combine(folder, "packages"))
            .Where(place => Path.GetFileName(place).StartsWith("libtorch-", StringComparison.Ordinal) || Path.GetFileName(place).StartsWith("torchsharp-", StringComparison.Ordinal))
            .SelectMany(place => Directory.EnumerateFiles(place, "*", SearchOption.AllDirectories)).Select(path => new FileInfo(path)).ToLookup(file => file.Extension == ".nupkg");
        return (Megabytes(files[true]), Megabytes(files[false]));
    }
    finally
    {
        Directory.Delete(folder, recursive: true);
    }
}

static string Megabytes(IEnumerable<FileInfo> files) => string.Create(CultureInfo.InvariantCulture, $"{files.Sum(file => file.Length) / 1e6:N0} MB");
