using System.Diagnostics;
using System.IO.Compression;
using System.Text.Json;
using System.Text.RegularExpressions;
using ModelGen.Formats;

namespace ModelGen.Tests.Emit;

/// <summary>
/// A training is a function of spec, data and seed, also when its process is killed on the way. The network drops out at random, so the random
/// numbers count; its momentum and its batch norm have a past.
/// </summary>
[Collection("Torch")]
public sealed partial class InterruptedRunTests : IDisposable
{
    private const string Spec = """
        {
          "input": [1, 28, 28],
          "layers": [{ "conv2d": 4, "kernel_size": 5, "stride": 2 }, "batch_norm2d", "relu", "flatten", { "dropout": 0.25 }, { "linear": 10 }, "log_softmax"],
          "training": { "loss": "nll", "optimizer": "sgd", "momentum": 0.9, "learning_rate": 0.02, "batch_size": 8, "epochs": 2 },
          "data": { "image_folder": { "horizontal_flip": true } }
        }
        """;

    // 100 steps an epoch.
    private static readonly string[] Run = ["--limit", "800", "--device", "cpu", "--threads", "1"];

    private readonly EmittedProgram _program = new("return Demo.Net.Run(args);", ("Net.model.json", Spec));
    private readonly TempFolder _folder = new();

    public void Dispose()
    {
        _program.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Killed_after_77_of_200_steps_it_goes_on_bit_for_bit()
    {
        Straight("straight");
        using (var killed = _program.Start([.. Run, "--out", _folder["killed"], "--checkpoint-every", "77"]))
            KillAtCheckpoint(killed, _folder["killed"]);
        Assert.Equal((1, 77), Place(_folder["killed/last.ckpt"]));

        var resumed = _program.Run("train", "--resume", "--out", _folder["killed"]);

        Assert.Equal((0, ""), (resumed.ExitCode, resumed.Error));
        Assert.Contains("Resumed: epoch 1, batch 77\n", resumed.Out, StringComparison.Ordinal);
        AssertSame("straight", "killed");
    }

    [Fact]
    public void Killed_ten_times_it_never_loses_more_than_the_steps_since_the_last_checkpoint()
    {
        Straight("straight");
        var random = new Random(5);
        var before = (1, 0);
        for (var kill = 0; kill < 10; kill++)
        {
            using (var killed = _program.Start([.. Run, "--out", _folder["killed"], "--checkpoint-every", "1", .. kill == 0 ? Array.Empty<string>() : ["--resume"]]))
                KillAtCheckpoint(killed, _folder["killed"], random.Next(60));

            // Readable, and further than the last time, whatever was being written.
            var place = Place(_folder["killed/last.ckpt"]);
            Assert.True(place.CompareTo(before) > 0, $"{place} after {before}");
            before = place;
        }

        Assert.Equal(0, _program.Run("--resume", "--out", _folder["killed"]).ExitCode);
        AssertSame("straight", "killed");
    }

    [Theory]
    [InlineData("-INT")]
    [InlineData("-HUP")] // of a terminal that is closed
    public void Interrupted_it_finishes_its_batch_says_how_to_go_on_and_ends_with_130(string signal)
    {
        using var interrupted = _program.Start([.. Run, "--epochs", "1000", "--out", _folder["out"]]);
        var head = string.Concat(Enumerable.Range(0, 4).Select(_ => interrupted.StandardOutput.ReadLine() + "\n"));
        using var kill = Process.Start("kill", [signal, $"{interrupted.Id}"]);
        var (exitCode, output, error) = EmittedProgram.Finish(interrupted);

        Assert.Equal((130, ""), (exitCode, error));
        Assert.Matches($@"\nStopped in epoch \d+ after \d+ batches\. To go on: dotnet .*\.dll train --resume --out {Regex.Escape(_folder["out"])}\n$", head + output);
        var (epoch, batch) = Place(_folder["out/last.ckpt"]);
        Assert.Contains($"Stopped in epoch {epoch} after {batch} batches.", output, StringComparison.Ordinal);
    }

    private void Straight(string name)
    {
        var (exitCode, _, error) = _program.Run([.. Run, "--out", _folder[name]]);
        Assert.Equal((0, ""), (exitCode, error));
    }

    /// <summary>Kills the process, as kill -9 does, some time after it wrote a checkpoint.</summary>
    private static void KillAtCheckpoint(Process process, string folder, int milliseconds = 0)
    {
        Directory.CreateDirectory(folder);
        using var watcher = new FileSystemWatcher(folder, "last.ckpt") { NotifyFilter = NotifyFilters.FileName };
        var seen = watcher.WaitForChanged(WatcherChangeTypes.Renamed | WatcherChangeTypes.Created, TimeSpan.FromMinutes(1));
        Assert.False(seen.TimedOut);
        process.WaitForExit(milliseconds);
        process.Kill();
        process.WaitForExit();
    }

    private static (int Epoch, int Batch) Place(string path)
    {
        // As anybody's unzip reads it, checksum and all; and every tensor, as PyTorch would.
        using var archive = ZipFile.OpenRead(path);
        using var stream = archive.GetEntry("archive/modelgen.json")!.Open();
        var header = JsonDocument.Parse(stream).RootElement;
        PthFile.Read(path);
        return (header.GetProperty("epoch").GetInt32(), header.GetProperty("batch").GetInt32());
    }

    /// <summary>The weights, everything that a checkpoint holds, and all figures but those of time are equal.</summary>
    private void AssertSame(string one, string other)
    {
        Assert.Equal(File.ReadAllBytes(_folder[one + "/model.pth"]), File.ReadAllBytes(_folder[other + "/model.pth"]));
        Assert.Equal(Tensors(one), Tensors(other));
        foreach (var file in new[] { "metrics.jsonl", "result.json", "labels.txt" })
            Assert.Equal(WithoutTimes(one, file), WithoutTimes(other, file));
    }

    private IEnumerable<(string Name, string Bytes)> Tensors(string run) =>
        PthFile.Read(_folder[run + "/last.ckpt"]).Entries.Select(entry => (entry.Name, Convert.ToHexString(entry.Tensor.Data.Span)));

    private string WithoutTimes(string run, string file) => Times().Replace(File.ReadAllText(_folder[$"{run}/{file}"]), "");

    [GeneratedRegex("\"(seconds|images_per_second|waited)\": ?[^,}\n]+")]
    private static partial Regex Times();
}
