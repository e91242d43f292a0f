using ModelGen.Training;

namespace ModelGen.Tests.Training;

public sealed class RunFolderTests
{
    [Fact]
    public void Two_runs_may_try_the_same_folder_at_the_same_time()
    {
        using var folder = new TempFolder();

        Parallel.For(0, 200, _ => RunFolder.PrepareForTraining(folder["out"]));

        Assert.Equal(["out"], folder.Entries);
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

        test = new TestRun(new TestOptions { Out = folder.Path, Resume = true });
        test.Start();
        Assert.DoesNotContain("earlier run", test.Terminal.Out, StringComparison.Ordinal);

        IEnumerable<string> Numbered() => folder.Entries.Where(name => name.StartsWith("epoch", StringComparison.Ordinal));
    }

    private static void Epochs(TestRun test, int count)
    {
        var run = test.Start();
        Assert.DoesNotContain("earlier run", test.Terminal.Out, StringComparison.Ordinal);
        for (var epoch = 1; epoch <= count; epoch++)
            run.NextEpoch(new TestBatches(4))!.Complete(new Scores(0.5, 0.5, 64), null);
    }
}
