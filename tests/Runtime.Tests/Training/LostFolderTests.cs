using System.Runtime.Versioning;
using ModelGen.Training;
using ModelGen.Training.Checkpoints;

namespace ModelGen.Tests.Training;

/// <summary>A run whose folder can no longer be written stops with one sentence that names the file, and its last checkpoint is whole.</summary>
public sealed class LostFolderTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly TestRun _test;
    private readonly TrainingRun _run;

    public LostFolderTests()
    {
        _test = new TestRun(new TestOptions { Out = _folder["out"], Epochs = 3, Keep = 3, CheckpointEvery = 1 });
        _run = _test.Start();
        Epoch(1);
    }

    public void Dispose()
    {
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(_folder["out"], UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        _folder.Dispose();
    }

    [ReadOnlyFolderFact]
    [UnsupportedOSPlatform("windows")]
    public void A_folder_that_becomes_read_only()
    {
        File.SetUnixFileMode(_folder["out"], UnixFileMode.UserRead | UnixFileMode.UserExecute);

        AssertStops("metrics.jsonl");
    }

    [Theory]
    [InlineData("metrics.jsonl")]
    [InlineData("model.pth")]
    [InlineData("best.ckpt")]
    [InlineData("epoch-0002.ckpt")]
    public void A_folder_in_a_files_place(string file)
    {
        File.Delete(_folder[$"out/{file}"]);
        Directory.CreateDirectory(_folder[$"out/{file}"]);

        AssertStops(file);
    }

    [Fact]
    public void What_an_earlier_run_left_and_cannot_be_removed()
    {
        Directory.CreateDirectory(_folder["again/eval.json"]);
        var run = new TestRun(new TestOptions { Out = _folder["again"] }).Start();

        var error = Assert.Throws<ModelGenException>(() => run.NextEpoch(new TestBatches(1))!.Complete(new Scores(0.5, 0.5, 1000), null));

        Assert.StartsWith($"Cannot remove '{_folder["again/eval.json"]}': ", error.Message, StringComparison.Ordinal);
        Assert.EndsWith(" Move it away yourself.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_in_the_place_of_the_checkpoint_itself()
    {
        File.Move(_folder["out/last.ckpt"], _folder["kept.ckpt"]);
        Directory.CreateDirectory(_folder["out/last.ckpt"]);

        var error = Assert.Throws<ModelGenException>(() => Epoch(2));
        Assert.StartsWith($"Cannot write '{_folder["out/last.ckpt"]}': ", error.Message, StringComparison.Ordinal);
        // The other files of the epoch were written before, each of them whole.
        Assert.Equal(2, CheckpointFile.Map(_folder["out/epoch-0002.ckpt"], (header, _) => header).Epochs.Count);
    }

    private void AssertStops(string file)
    {
        var before = File.ReadAllBytes(_folder["out/last.ckpt"]);

        var error = Assert.Throws<ModelGenException>(() => Epoch(2));

        Assert.StartsWith($"Cannot write '{_folder[$"out/{file}"]}': ", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("Choose a place that can be written.", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, File.ReadAllBytes(_folder["out/last.ckpt"]));
        Assert.Equal((2, 0), (CheckpointFile.Map(_folder["out/last.ckpt"], (header, _) => header).Epoch, CheckpointFile.Map(_folder["out/last.ckpt"], (header, _) => header).Batch));
        Assert.DoesNotContain(_folder.Entries, name => name.EndsWith(".tmp", StringComparison.Ordinal));
    }

    private void Epoch(int number)
    {
        var epoch = _run.NextEpoch(new TestBatches(1))!;
        _test.State.Weight = number;
        // Better each time, so that each is the best so far.
        epoch.Complete(new Scores(0.5, 0.5, 1000), new Scores(0.5, 0.1 * number, 200));
    }
}

/// <summary>A test of a folder's permissions, which do not bind root.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class ReadOnlyFolderFactAttribute : FactAttribute
{
    public ReadOnlyFolderFactAttribute() =>
        Skip = !OperatingSystem.IsWindows() && !Environment.IsPrivilegedProcess ? null : "needs a user other than root on Unix, whom a read-only folder stops";
}
