#!/usr/bin/env dotnet
// Measures on a GPU all that benchmarks/README.md says of one, and writes the tables: dotnet run eng/measure-cuda.cs -- [--data DIR] [--python FILE] [--out FILE]
//   --data DIR    MNIST as JPEG files, train and test with a folder per class; without it digits are drawn, and 99 % of them is no MNIST figure
//   --python FILE a Python with PyTorch and torchvision, built for the same CUDA
//   --out FILE    the tables; benchmarks/BASELINE-CUDA.md without it
//   --device D    cuda; with cpu the programs are run on the CPU, which says nothing of a GPU
//   --smoke       seconds instead of an hour: little of everything, to see that it works
// MODELGEN_LIBTORCH names a libtorch with CUDA; without it NuGet's is restored, several gigabytes.
#:property PublishAot=false
#:property EnforceCodeStyleInBuild=false
using System.Globalization;
using System.Text;
using System.Text.Json;
using static Command;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
var root = Path.GetFullPath(Run("git", "rev-parse", "--show-toplevel").Trim());
var device = Option("--device") ?? "cuda";
var isSmoke = args.Contains("--smoke");
var onGpu = device != "cpu";
string[] data = Option("--data") is { } folder ? ["--data", Path.GetFullPath(folder)] : [];
string[] sizes = (isSmoke ? "32 64" : "32 512 4096").Split(' ');
string[] python = Option("--python") is { } program ? ["--python", program] : [];
var file = Path.GetFullPath(Option("--out") ?? Path.Combine(root, "benchmarks/BASELINE-CUDA.md"));
Directory.SetCurrentDirectory(root);
var backend = "-p:TorchBackend=" + (!onGpu ? "cpu" : Environment.GetEnvironmentVariable("MODELGEN_LIBTORCH") is { Length: > 0 } ? "none" : "cuda");
var results = Directory.CreateTempSubdirectory("modelgen-cuda-").FullName;
var page = new StringBuilder();
var notes = new SortedSet<string>(StringComparer.Ordinal);

page.Append($"# Baseline on {(onGpu ? "a GPU" : "the CPU")} of {DateTime.UtcNow:yyyy-MM-dd}\n\n");
page.Append("Written by `eng/measure-cuda.cs`; [README.md](README.md#device) says what is compared with what.\n\n");
page.Append($"Machine: {(onGpu ? Run("nvidia-smi", "--query-gpu=name,driver_version", "--format=csv,noheader").Trim().Replace("\n", "; ") : "no GPU")}, {Environment.ProcessorCount} processors. .NET {Environment.Version}. ");
page.Append($"Data: {(data.Length > 0 ? "the JPEG files that were named" : "drawn digits")}.{(isSmoke ? " A smoke run: the numbers mean nothing." : "")}\n");

Show("dotnet", "build", "benchmarks/TrainingBenchmarks", "-c", "Release", "-v", "q", backend);
if (onGpu)
    Tests();
FromMemory(tf32: false);
if (onGpu)
    FromMemory(tf32: true);
FromFiles();
ToAccuracy();
if (notes.Count > 0)
    page.Append($"\n## Not measured\n\n- {string.Join("\n- ", notes)}\n");
File.WriteAllText(file, page.ToString());
Directory.Delete(results, recursive: true);
Console.WriteLine($"\nThe tables are in {file}");

void Tests()
{
    page.Append("\n## Parity with the CPU\n\n`CudaParityTests`, `CudaTests`: outputs to 1e-5, ten steps to 1e-3, checkpoints there and back, determinism, autocast.\n\n```text\n");
    Test("tests/Runtime.Tests");
    Test("tests/Generator.Tests");
    page.Append("```\n");

    void Test(string project) => page.Append(Show("dotnet", "test", project, backend, "--filter", "FullyQualifiedName~Cuda").TrimEnd().Split('\n')[^1]).Append('\n');
}

void FromMemory(bool tf32)
{
    page.Append($"\n## Training from the device's memory, {(tf32 ? "with" : "without")} TF32\n\n| batch | program | img/s (quartiles) | to PyTorch eager | device idle |\n|---|---|---|---|---|\n");
    string[] options = ["--device", device, "--rounds", isSmoke ? "1" : "9", "--images", isSmoke ? "256" : "65536", "--batch-size", .. sizes];
    foreach (var row in Measure("device", tf32 ? [.. options, "--tf32"] : options))
    {
        var idle = row.TryGetProperty("idle", out var share) ? share.GetDouble().ToString("P0") : "-";
        page.Append($"| {row.GetProperty("batch")} | {row.GetProperty("program").GetString()} | {Speed(row)} | {row.GetProperty("ratio_to_pytorch").GetDouble():F2} | {idle} |\n");
    }
}

void FromFiles()
{
    page.Append("\n## Epochs from JPEG files\n\nThe first epoch decodes; the seed's program decodes in each.\n\n| batch | program | img/s (quartiles) | to the seed's program |\n|---|---|---|---|\n");
    foreach (var batch in sizes)
    {
        foreach (var row in Measure("epoch", [.. data, "--device", device, "--batch-size", batch, "--rounds", isSmoke ? "1" : "5", "--images", isSmoke ? "256" : "60000"]))
        {
            var ratio = row.TryGetProperty("ratio_to_pytorch", out var value) ? value.GetDouble().ToString("F2") : "-";
            page.Append($"| {row.GetProperty("batch")} | {row.GetProperty("program").GetString()} | {Speed(row)} | {ratio} |\n");
        }
    }
}

void ToAccuracy()
{
    page.Append("\n## To 99 % of the test images\n\nFrom undecoded files to the end of the test that reached it, or of the recipe's last epoch.\n\n| recipe | program | seconds | epochs | accuracy |\n|---|---|---|---|---|\n");
    string[] options = [.. data, "--device", device, "--images", isSmoke ? "500" : "60000"];
    foreach (var row in Measure("accuracy", isSmoke ? [.. options, "--epochs", "1"] : options))
        page.Append($"| {row.GetProperty("recipe").GetString()} | {row.GetProperty("program").GetString()} | {row.GetProperty("seconds").GetDouble():F1} | {row.GetProperty("epochs")} | {row.GetProperty("accuracy").GetDouble():P2} |\n");
}

List<JsonElement> Measure(string verb, string[] options)
{
    var json = Path.Combine(results, verb + ".json");
    var said = Show("dotnet", ["run", "--project", "benchmarks/TrainingBenchmarks", "-c", "Release", "--no-build", "--", verb, .. options, .. python, "--json", json]);
    // A program that could not be measured is told at the end, and not left out in silence.
    notes.UnionWith(said.Split('\n').Where(line => line.StartsWith("Skipped: ", StringComparison.Ordinal) || line.StartsWith("torch.compile: ", StringComparison.Ordinal)));
    using var document = JsonDocument.Parse(File.ReadAllText(json));
    return [.. document.RootElement.Clone().EnumerateArray()];
}

static string Speed(JsonElement row)
{
    var speed = row.GetProperty("images_per_second");
    return $"{speed.GetProperty("median").GetDouble():N0} ({speed.GetProperty("q25").GetDouble():N0} to {speed.GetProperty("q75").GetDouble():N0})";
}

string? Option(string name) => Array.IndexOf(args, name) is var at and >= 0 && at + 1 < args.Length ? args[at + 1] : null;

string Show(string program, params string[] arguments)
{
    Console.WriteLine($"\n> {program} {string.Join(' ', arguments)}");
    var output = Run(program, arguments);
    Console.Write(output);
    return output;
}
