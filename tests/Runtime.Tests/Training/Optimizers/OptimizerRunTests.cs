using ModelGen.Formats;
using ModelGen.Tests.CommandLine;
using ModelGen.Tests.Formats;
using ModelGen.Training;

namespace ModelGen.Tests.Training.Optimizers;

/// <summary>What <c>--load-optimizer</c> and <c>--save-optimizer</c> mean to a run.</summary>
public sealed class OptimizerRunTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Each_epoch_writes_the_optimizers_state_and_another_run_takes_it()
    {
        var first = new TestRun(Options with { SaveOptimizer = _folder["new/optimizer.pth"] });
        Train(first, momentum: 1.5f);
        Train(first, momentum: 2.5f);
        var second = new TestRun(Options with { LoadOptimizer = _folder["new/optimizer.pth"] });

        second.Start();

        Assert.Equal((0, 2.5f), (second.State.Weight, second.State.Momentum));
        Assert.Equal(Path.Combine(_folder.Path, "new", "optimizer.pth"), Assert.Single(Directory.GetFiles(_folder["new"])));
    }

    [Fact]
    public void Numbers_of_the_file_that_are_others_here_are_told_when_the_run_has_begun()
    {
        PthFile.WriteOptimizer(_folder["optimizer.pth"], new OptimizerStateDict(
            [new([new("lr", 0.125)], 1)],
            new Dictionary<int, IReadOnlyDictionary<string, StoredTensor?>> { [0] = new Dictionary<string, StoredTensor?> { ["momentum_buffer"] = new(ElementType.Float32, [1], Sample.Bytes(0.5f)) } }));
        var run = new TestRun(Options with { LoadOptimizer = _folder["optimizer.pth"], LearningRate = 0.25 });

        run.Start();

        Assert.Equal(0.5f, run.State.Momentum);
        Assert.Contains(
            $"'{_folder["optimizer.pth"]}' is of a training with other numbers, and the run keeps its own: lr is 0.125 there and 0.25 here.\n", run.Terminal.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("out/last.ckpt", "the run writes itself")]
    [InlineData("out/model.pth", "the run writes itself")]
    [InlineData("out/../weights.pth", "this command needs for something else")]
    public void A_file_that_the_run_writes_itself_is_not_the_optimizers(string file, string what)
    {
        var run = new TestRun(Options with { Save = _folder["weights.pth"], SaveOptimizer = _folder[file] });

        Assert.Equal(
            $"'{_folder[file]}' is a file that {what}: name another one with --save-optimizer.", Assert.Throws<ModelGenException>(() => run.Start()).Message);
    }

    [Fact]
    public void What_a_run_once_started_from_is_not_taken_again_when_it_is_resumed()
    {
        Train(new TestRun(Options with { SaveOptimizer = _folder["optimizer.pth"] }), momentum: 1);
        Train(new TestRun(Options with { LoadOptimizer = _folder["optimizer.pth"] }), momentum: 1);
        File.Delete(_folder["optimizer.pth"]);
        var resumed = new TestRun(Options with { Resume = true, LoadOptimizer = _folder["optimizer.pth"] });

        resumed.Start();

        Assert.Equal(1, resumed.State.Momentum);
        resumed.End();
    }

    [Fact]
    public void Weights_belong_to_it_and_the_file_must_be_there()
    {
        File.WriteAllText(_folder["weights.pth"], "");
        var program = new TestProgram();

        Assert.Equal(1, program.Run("train", "--load-optimizer", _folder["weights.pth"], "--out", _folder["out"]));
        Assert.Equal(
            "error: --load-optimizer goes on with the weights that the optimizer was saved with, and none are named: name them with --load, which may be the same file.\n", program.Error);

        program = new TestProgram();
        Assert.Equal(1, program.Run("train", "--load", _folder["weights.pth"], "--load-optimizer", _folder["gone.pth"], "--out", _folder["out"]));
        Assert.Equal($"error: There is no file '{_folder["gone.pth"]}' with an optimizer's state: name another one with --load-optimizer.\n", program.Error);
    }

    private TestOptions Options => new() { Out = _folder["out"], Epochs = 4 };

    private static void Train(TestRun test, float momentum)
    {
        var run = test.Start();
        test.State.Momentum = momentum;
        run.NextEpoch(new TestBatches(4))!.Complete(new Scores(0.5, 0.5, 64), null);
        test.End();
    }
}
