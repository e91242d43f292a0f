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
