using System.Diagnostics;
using ModelGen.Training;
using ModelGen.Training.Checkpoints;

namespace ModelGen.Tests.Training;

/// <summary>A run whose disk fills up stops with one sentence, and its last checkpoint is whole.</summary>
public sealed class FullDiskTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public FullDiskTests() => Directory.CreateDirectory(_folder["disk"]);

    public void Dispose()
    {
        if (SmallDiskFactAttribute.CanMount)
            Command("umount", _folder["disk"]);
        _folder.Dispose();
    }

    [SmallDiskFact]
    public void The_last_good_checkpoint_stays()
    {
        Assert.Equal(0, Command("mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", _folder["disk"]));
        var test = new TestRun(new TestOptions { Out = _folder["disk"], Epochs = 100, Keep = 100 });
        var run = test.Start();
        var finished = 0;

        var error = Assert.Throws<ModelGenException>(() =>
        {
            for (var number = 1; number <= 100; number++)
            {
                var epoch = run.NextEpoch(new TestBatches(1))!;
                test.State.Weight = number;
                epoch.Complete(new Scores(0.5, 0.5, 64), null);
                finished = number;
            }
        });

        Assert.StartsWith($"Cannot write '{_folder["disk"]}", error.Message, StringComparison.Ordinal);
        Assert.Matches(@"No space left on device.*\. Choose a place that can be written\.$", error.Message);
        Assert.InRange(finished, 1, 99);
        // The epoch that failed may have been saved before its report was.
        Assert.InRange(CheckpointFile.Map(_folder["disk/last.ckpt"], (header, _) => header).Epochs.Count, finished, finished + 1);
        Assert.DoesNotContain(_folder.Entries, file => file.EndsWith(".tmp", StringComparison.Ordinal));
        test.End();
    }

    [SmallDiskFact]
    public void An_earlier_run_stays_whole_when_the_weights_of_the_next_do_not_fit()
    {
        Assert.Equal(0, Command("mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", _folder["disk"]));
        EarlierRun();
        var before = Files();

        Assert.Throws<ModelGenException>(() => NextRun(floats: 100_000));

        Assert.Equal(before, Files());
    }

    [SmallDiskFact]
    public void The_weights_of_a_run_whose_checkpoints_do_not_fit_have_its_own_labels_and_nothing_else_of_the_earlier_run_is_lost()
    {
        Assert.Equal(0, Command("mount", "-t", "tmpfs", "-o", "size=256k", "tmpfs", _folder["disk"]));
        EarlierRun();
        var before = Files();

        Assert.Throws<ModelGenException>(() => NextRun(floats: 30_000));

        var after = Files();
        Assert.Equal(["labels.txt", "metrics.jsonl", "model.pth", "run.json"], before.Keys.Where(name => before[name] != after.GetValueOrDefault(name)));
        Assert.Equal(before.Keys, after.Keys);
        Assert.Equal("dog\n", File.ReadAllText(_folder["disk/labels.txt"]));
    }

    /// <summary>Leaves every kind of file that a run has.</summary>
    private void EarlierRun()
    {
        var test = new TestRun(new TestOptions { Out = _folder["disk"], Epochs = 3, Keep = 3 });
        var run = test.Start();
        for (var epoch = 1; epoch <= 3; epoch++)
            run.NextEpoch(new TestBatches(1))!.Complete(new Scores(0.5, 0.5, 64), new Scores(0.5, 0.25, 10));
        run.Complete();
        test.End();
    }

    private void NextRun(int floats)
    {
        var test = new TestRun(new TestOptions { Out = _folder["disk"] }) { State = new() { Length = floats } };
        try
        {
            test.Start(setup => setup with { Data = TestRun.Data("drawn digits", "dog") })
                .NextEpoch(new TestBatches(1))!.Complete(new Scores(0.5, 0.5, 64), new Scores(0.5, 0.25, 10));
        }
        finally
        {
            test.End();
        }
    }

    private SortedDictionary<string, string> Files() => new(
        Directory.EnumerateFiles(_folder["disk"]).ToDictionary(file => Path.GetFileName(file), file => Convert.ToHexString(File.ReadAllBytes(file))),
        StringComparer.Ordinal);

    private static int Command(string name, params string[] arguments)
    {
        using var process = Process.Start(name, arguments);
        process.WaitForExit();
        return process.ExitCode;
    }
}

/// <summary>A test that needs a small file system of its own, which only root can mount.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SmallDiskFactAttribute : FactAttribute
{
    public SmallDiskFactAttribute() => Skip = CanMount ? null : "needs root on Linux, to mount a file system of 256 KiB";

    public static bool CanMount => OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess && File.Exists("/usr/bin/mount");
}
