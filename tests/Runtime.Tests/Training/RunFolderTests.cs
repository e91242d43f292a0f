using System.Collections.Concurrent;
using ModelGen.Training;

namespace ModelGen.Tests.Training;

public sealed class RunFolderTests
{
    [Fact]
    public void Commands_may_try_the_same_folder_at_the_same_time()
    {
        using var folder = new TempFolder();

        Parallel.For(0, 200, _ => RunFolder.Prepare(folder["out"], RunFolder.Evaluation));

        Assert.Equal(["out"], folder.Entries);
    }

    [Fact]
    public void A_folder_has_one_training_at_a_time_and_another_one_behind_it()
    {
        using var folder = new TempFolder();
        var (taken, refused) = (new ConcurrentBag<IDisposable>(), new ConcurrentBag<string>());

        Parallel.For(0, 50, _ =>
        {
            try
            {
                taken.Add(RunFolder.PrepareForTraining(folder["out"]));
            }
            catch (ModelGenException error)
            {
                refused.Add(error.Message);
            }
        });

        Assert.Equal(49, refused.Count);
        Assert.Equal($"Another training is writing into '{folder["out"]}': wait for its end, or name another folder with --out.", refused.Distinct().Single());
        Assert.Single(taken).Dispose();
        Assert.Equal(["out"], folder.Entries);
        RunFolder.PrepareForTraining(folder["out"]).Dispose();
    }

    [Fact]
    public void The_second_training_changes_nothing_and_the_first_goes_on()
    {
        using var folder = new TempFolder();
        var test = new TestRun(new TestOptions { Out = folder.Path });
        var run = test.Start();
        using var written = new FileStream(folder["last.ckpt.k3x9.tmp"], FileMode.CreateNew);
        written.Dispose();

        Assert.StartsWith("Another training is writing into ", Assert.Throws<ModelGenException>(() => RunFolder.PrepareForTraining(folder.Path)).Message, StringComparison.Ordinal);
        // What the first is about to rename.
        Assert.True(File.Exists(written.Name));
        run.NextEpoch(new TestBatches(4))!.Complete(new Scores(0.5, 0.5, 64), null);
    }

    [Fact]
    public void What_a_killed_training_had_locked_is_free()
    {
        using var folder = new TempFolder();
        folder.Write("run.lock", []);

        RunFolder.PrepareForTraining(folder.Path).Dispose();

        Assert.Empty(folder.Entries);
    }

    [Fact]
    public void What_a_killed_training_left_half_written_goes_and_no_other_file()
    {
        using var folder = new TempFolder();
        string[] left = ["last.ckpt.k3x9.tmp", "report.html.k3x9.tmp", "epoch-0012.ckpt.k3x9.tmp", "write-test.k3x9.tmp", "net.pth.k3x9.tmp"];
        string[] others = ["epoch-best.ckpt.k3x9.tmp", "last.ckpt.tmp", "notes.k3x9.tmp", "run.json"];
        foreach (var name in left.Concat(others))
            folder.Write(name, "half"u8);

        RunFolder.PrepareForTraining(folder.Path, save: folder["net.pth"]).Dispose();

        Assert.Equal(others, folder.Entries);
    }

    [LinuxFact]
    public void The_name_of_a_file_is_no_pattern()
    {
        using var folder = new TempFolder();
        folder.Write("net*.pth.k3x9.tmp", "half"u8);
        folder.Write("nets.pth.k3x9.tmp", "half of another"u8);

        RunFolder.PrepareForTraining(folder["out"], save: folder["net*.pth"]).Dispose();

        Assert.Equal(["nets.pth.k3x9.tmp", "out"], folder.Entries);
    }

    [Fact]
    public void A_run_in_the_folder_of_an_earlier_one_says_so_and_leaves_nothing_of_it_after_its_first_epoch()
    {
        using var folder = new TempFolder();
        Epochs(new TestRun(new TestOptions { Out = folder.Path, Keep = 3 }), 3);
        string[] others = ["eval.json", "epoch-best.ckpt", "epoch-3.ckpt"];
        foreach (var name in others)
            folder.Write(name, "x"u8);

        var test = new TestRun(new TestOptions { Out = folder.Path, Keep = 3 });
        var run = test.Start();
        Assert.Contains($"'{folder.Path}' holds an earlier run, which this one replaces: ", test.Terminal.Out, StringComparison.Ordinal);
        Assert.Equal(["epoch-0001.ckpt", "epoch-0002.ckpt", "epoch-0003.ckpt", "epoch-3.ckpt", "epoch-best.ckpt"], Numbered());

        run.NextEpoch(new TestBatches(4))!.Complete(new Scores(0.5, 0.5, 64), null);
        Assert.Equal(["epoch-0001.ckpt", "epoch-3.ckpt", "epoch-best.ckpt"], Numbered());
        Assert.False(File.Exists(folder["eval.json"]));

        test.End();
        Assert.DoesNotContain("run.lock", folder.Entries);
        test = new TestRun(new TestOptions { Out = folder.Path, Resume = true });
        test.Start();
        Assert.DoesNotContain("earlier run", test.Terminal.Out, StringComparison.Ordinal);

        IEnumerable<string> Numbered() => folder.Entries.Where(name => name.StartsWith("epoch", StringComparison.Ordinal));
    }

    [Fact]
    public void A_run_whose_first_weights_can_not_be_read_leaves_the_earlier_one_as_it_was()
    {
        using var folder = new TempFolder();
        var earlier = new TestRun(new TestOptions { Out = folder.Path, Keep = 3 });
        Epochs(earlier, 3);
        earlier.End();
        folder.Write("eval.json", "x"u8);
        var before = Files();
        var test = new TestRun(new TestOptions { Out = folder.Path, Seed = 2 }) { State = new() { Fails = new ModelGenException("The tensor 'fc.weight' takes too much.") } };
        var epoch = test.Start().NextEpoch(new TestBatches(4))!;

        Assert.Throws<ModelGenException>(() => epoch.Complete(new Scores(0.5, 0.5, 64), null));

        test.End();
        Assert.Equal(before, Files());

        IEnumerable<string> Files() => folder.Entries.Select(name => $"{name} {Convert.ToHexString(File.ReadAllBytes(folder[name]))}").ToArray();
    }

    [Fact]
    public void What_only_the_earlier_run_had_goes_also_where_this_one_keeps_and_judges_nothing()
    {
        using var folder = new TempFolder();
        var earlier = new TestRun(new TestOptions { Out = folder.Path, Keep = 3, Log = LogFormats.Jsonl | LogFormats.Csv });
        earlier.Start().NextEpoch(new TestBatches(4))!.Complete(new Scores(0.5, 0.5, 64), new Scores(0.5, 0.5, 10));
        Assert.Equal(["best.ckpt", "epoch-0001.ckpt", "metrics.csv", "metrics.jsonl"], folder.Entries.Intersect(["best.ckpt", "epoch-0001.ckpt", "metrics.csv", "metrics.jsonl"]));

        Epochs(new TestRun(new TestOptions { Out = folder.Path, Log = LogFormats.None }), 1, replaces: true);

        Assert.Empty(folder.Entries.Intersect(["best.ckpt", "epoch-0001.ckpt", "metrics.csv", "metrics.jsonl"]));
    }

    private static void Epochs(TestRun test, int count, bool replaces = false)
    {
        var run = test.Start();
        Assert.Equal(replaces, test.Terminal.Out.Contains("earlier run", StringComparison.Ordinal));
        for (var epoch = 1; epoch <= count; epoch++)
            run.NextEpoch(new TestBatches(4))!.Complete(new Scores(0.5, 0.5, 64), null);
    }
}
