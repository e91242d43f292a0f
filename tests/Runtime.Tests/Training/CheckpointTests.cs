using ModelGen.Training;
using ModelGen.Training.Checkpoints;

namespace ModelGen.Tests.Training;

/// <summary>What is written when, and what a run goes on from.</summary>
public sealed class CheckpointTests : IDisposable
{
    private static readonly Scores Fair = new(0.5, 0.5, 64);

    private readonly TempFolder _folder = new();

    private TestOptions Options => new() { Out = _folder.Path, Epochs = 4 };

    private string Last => _folder["last.ckpt"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Each_epoch_leaves_the_weights_the_last_checkpoint_and_the_best()
    {
        var test = new TestRun(Options);
        var run = test.Start();
        Epoch(test, run, 1, accuracy: 0.5);
        Epoch(test, run, 2, accuracy: 0.75);
        Epoch(test, run, 3, accuracy: 0.625);
        test.End();

        Assert.Equal(["best.ckpt", "labels.txt", "last.ckpt", "metrics.jsonl", "model.pth", "report.html", "run.json"], _folder.Entries);
        Assert.Equal((4, 0, 3, 12f), Place(Last));
        Assert.Equal((3, 0, 2, 8f), Place(_folder["best.ckpt"]));
        Assert.Equal(12f, WeightsFile.Map(_folder["model.pth"], state => BitConverter.ToSingle(state.Entries[0].Tensor.Data.Span)));
    }

    [Fact]
    public void Checkpoints_of_past_epochs_are_kept_when_asked_for()
    {
        var test = new TestRun(Options with { Keep = 2 });
        var run = test.Start();
        for (var epoch = 1; epoch <= 4; epoch++)
            Epoch(test, run, epoch, accuracy: 0.5);

        Assert.Equal(["epoch-0003.ckpt", "epoch-0004.ckpt"], _folder.Entries.Where(file => file.StartsWith("epoch", StringComparison.Ordinal)));
        Assert.Equal((4, 0, 3, 12f), Place(_folder["epoch-0003.ckpt"]));
    }

    [Fact]
    public void One_is_written_within_an_epoch_when_asked_for()
    {
        var test = new TestRun(Options with { CheckpointEvery = 2 });
        var epoch = test.Start().NextEpoch(new TestBatches(4))!;
        Batches(test, epoch, 3);

        Assert.Equal((1, 2, 0, 2f), Place(Last));
        Assert.Equal(1, test.State.Reads);
    }

    [Fact]
    public void A_cancelled_run_finishes_its_batch_and_leaves_a_checkpoint()
    {
        var test = new TestRun(Options);
        var epoch = test.Start().NextEpoch(new TestBatches(4))!;
        Batches(test, epoch, 1);
        test.Stop.Cancel();

        var stopped = Assert.Throws<TrainingStoppedException>(() => Batches(test, epoch, 1));

        Assert.Equal((_folder.Path, 1, 2), (stopped.Folder, stopped.Epoch, stopped.Batch));
        Assert.Equal((1, 2, 0, 2f), Place(Last));
    }

    [Fact]
    public void Weights_that_gave_a_loss_that_is_no_number_do_not_replace_the_last_checkpoint()
    {
        var test = new TestRun(Options with { CheckpointEvery = 1 });
        var epoch = test.Start().NextEpoch(new TestBatches(4))!;
        Batches(test, epoch, 1);

        test.State.Weight = float.NaN;
        Assert.Throws<TrainingDivergedException>(() => epoch.Advance(new TestScores(new Scores(double.NaN, 0.5, 64))));

        Assert.Equal((1, 1, 0, 1f), Place(Last));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void A_step_that_made_weights_no_numbers_replaces_no_checkpoint_although_the_loss_before_it_was_one(float weight)
    {
        var test = new TestRun(Options with { CheckpointEvery = 1 });
        var epoch = test.Start().NextEpoch(new TestBatches(4))!;
        Batches(test, epoch, 1);

        test.State.Weight = weight;
        var within = Assert.Throws<TrainingDivergedException>(() => epoch.Advance(new TestScores(Fair)));
        var behind = Assert.Throws<TrainingDivergedException>(() => epoch.Complete(Fair, null));

        Assert.Equal("Training diverged in epoch 1: 'fc.weight' is no longer finite at learning rate 0.01: lower --learning-rate.", within.Message);
        Assert.Equal(within.Message, behind.Message);
        Assert.Equal((1, 1, 0, 1f), Place(Last));
        Assert.Equal(["last.ckpt", "run.json"], _folder.Entries.Where(file => file != "run.lock"));
    }

    [Fact]
    public void A_run_that_is_cancelled_before_its_first_checkpoint_speaks_of_none()
    {
        var test = new TestRun(Options);
        var run = test.Start();
        test.Stop.Cancel();

        Assert.Throws<OperationCanceledException>(() => run.NextEpoch(new TestBatches(4)));
        test.End();
        Assert.Equal(["run.json"], _folder.Entries);
    }

    [Fact]
    public void The_names_of_the_classes_stay_with_the_weights_of_an_earlier_run_until_there_are_others()
    {
        File.WriteAllText(_folder["labels.txt"], "earlier");
        var test = new TestRun(Options with { CheckpointEvery = 1 });
        var run = test.Start();
        var epoch = run.NextEpoch(new TestBatches(4))!;
        Batches(test, epoch, 2);
        Assert.Equal("earlier", File.ReadAllText(_folder["labels.txt"]));

        epoch.Complete(Fair, null);
        Assert.Equal("cat\nStraße\n", File.ReadAllText(_folder["labels.txt"]));
    }

    [Fact]
    public void A_resumed_run_goes_on_in_the_middle_of_its_epoch()
    {
        var first = new TestRun(Options with { CheckpointEvery = 3 });
        var run = first.Start();
        Epoch(first, run, 1, accuracy: 0.5);
        Batches(first, run.NextEpoch(new TestBatches(4))!, 3);

        var second = new TestRun(Options with { Resume = true });
        run = second.Start();
        Assert.Contains("\nResumed: epoch 2, batch 3\n", second.Terminal.Out, StringComparison.Ordinal);
        Assert.Equal(7f, second.State.Weight);

        var epoch = run.NextEpoch(new TestBatches(4))!;
        Assert.Equal((2, 3), (epoch.Epoch, epoch.BatchesDone));
        Batches(second, epoch, 1);
        epoch.Complete(Fair, null);
        Assert.Equal(0, run.NextEpoch(new TestBatches(4))!.BatchesDone);
        Assert.Equal(["1", "2"], File.ReadAllLines(_folder["metrics.jsonl"]).Select(line => line["{\"epoch\":".Length..].Split(',')[0]));
    }

    [Fact]
    public void The_time_before_the_resumption_counts()
    {
        var first = new TestRun(Options with { CheckpointEvery = 2 });
        var epoch = first.Start().NextEpoch(new TestBatches(4))!;
        first.Time.Advance(3);
        Batches(first, epoch, 2);

        var second = new TestRun(Options with { Resume = true });
        epoch = second.Start().NextEpoch(new TestBatches(4))!;
        second.Time.Advance(5);
        epoch.Complete(Fair, null);

        Assert.Contains("\"seconds\":8,\"images_per_second\":8,", File.ReadAllText(_folder["metrics.jsonl"]), StringComparison.Ordinal);
    }

    public static TheoryData<string, string> Differences { get; } = new()
    {
        { "spec", "a run of another spec: 'fc linear 2' then, 'fc linear 3' now" },
        { "recipe", "a run of another spec: 'loss nll' then, 'loss nll, momentum 0.9' now" },
        { "seed", "a run with another --seed: '1' then, '2' now" },
        { "batch", "a run with another --batch-size: '32' then, '64' now" },
        { "epochs", "a run with another --epochs: '4' then, '5' now" },
        { "rate", "a run with another --learning-rate: '0.01' then, '0.5' now" },
        { "data", "a run on other data: 'drawn digits' then, 'cats' now" },
    };

    [Theory, MemberData(nameof(Differences))]
    public void Another_run_is_not_gone_on_with(string what, string difference)
    {
        var first = new TestRun(Options);
        Epoch(first, first.Start(), 1, accuracy: 0.5);
        var second = new TestRun(Options with { Resume = true });

        var error = Assert.Throws<ModelGenException>(() => second.Start(setup => what switch
        {
            "spec" => setup with { Summary = "fc linear 3" },
            "recipe" => setup with { Recipe = "loss nll, momentum 0.9" },
            "seed" => setup with { Options = setup.Options with { Seed = 2 } },
            "batch" => setup with { Options = setup.Options with { BatchSize = 64 } },
            "epochs" => setup with { Options = setup.Options with { Epochs = 5 }, SpansRun = true },
            "rate" => setup with { Options = setup.Options with { LearningRate = 0.5 } },
            _ => setup with { Data = TestRun.Data("cats", "cat", "Straße", "dog") },
        }));

        Assert.Equal($"'{Last}' is of {difference}. Change it back, or train without --resume.", error.Message);
        Assert.Equal(0f, second.State.Weight);
    }

    [Fact]
    public void Another_networks_run_is_named_before_anything_that_differs_with_it()
    {
        var first = new TestRun(Options);
        Epoch(first, first.Start(), 1, accuracy: 0.5);

        var error = Assert.Throws<ModelGenException>(() => new TestRun(Options with { Resume = true }).Start(setup => setup with { Model = "OtherNet", Summary = "fc linear 3" }));

        Assert.Equal(
            $"'{Last}' is of a run of the network 'TestNet', and this is 'OtherNet': name the folder of one of its own runs with --out, or, if only its name has changed, start from the weights there with --load.",
            error.Message);
    }

    [Fact]
    public void The_row_of_a_table_that_differs_is_named_and_not_the_width_of_its_columns()
    {
        var first = new TestRun(Options);
        Epoch(first, first.Start(setup => setup with { Summary = "layer  kind    output\n--------------------\nfc     linear  2" }), 1, accuracy: 0.5);

        var error = Assert.Throws<ModelGenException>(() => new TestRun(Options with { Resume = true }).Start(setup =>
            setup with { Summary = "layer  kind      output\n----------------------\nfc     bilinear  2" }));

        Assert.StartsWith($"'{Last}' is of a run of another spec: 'fc linear 2' then, 'fc bilinear 2' now.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Images_that_changed_under_the_same_name_are_noticed()
    {
        var first = new TestRun(Options);
        Epoch(first, first.Start(), 1, accuracy: 0.5);

        var error = Assert.Throws<ModelGenException>(() => new TestRun(Options with { Resume = true }).Start(setup => setup with { Data = TestRun.Data("drawn digits", "cat", "dog") }));

        Assert.StartsWith($"'{Last}' is of a run on other data: 'drawn digits' says the same as then, but the images or labels have changed.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_finished_run_is_gone_on_with_for_more_epochs_only()
    {
        var first = new TestRun(Options with { Epochs = 1 });
        Epoch(first, first.Start(), 1, accuracy: 0.5);

        Assert.Equal(
            $"The run in '{_folder.Path}' has finished its 1 epoch: name more with --epochs to go on.",
            Assert.Throws<ModelGenException>(() => new TestRun(Options with { Epochs = 1, Resume = true }).Start()).Message);
        Assert.Equal(
            $"The run in '{_folder.Path}' has finished its 1 epoch: its schedule ends there, so start another run from its weights, --load {Last}.",
            Assert.Throws<ModelGenException>(() => new TestRun(Options with { Epochs = 1, Resume = true }).Start(setup => setup with { SpansRun = true })).Message);
        Assert.Equal(2, new TestRun(Options with { Epochs = 2, Resume = true }).Start().NextEpoch(new TestBatches(4))!.Epoch);

        Epoch(first, new TestRun(Options with { Epochs = 3, Resume = true }).Start(), 2, accuracy: 0.5);
        Assert.Equal(
            $"The run in '{_folder.Path}' has done 2 epochs already, and --epochs 1 is fewer: name more with --epochs to go on.",
            Assert.Throws<ModelGenException>(() => new TestRun(Options with { Epochs = 1, Resume = true }).Start()).Message);
    }

    [Fact]
    public void Without_a_checkpoint_there_is_nothing_to_go_on_from()
    {
        var error = Assert.Throws<ModelGenException>(() => new TestRun(Options with { Resume = true }).Start());

        Assert.Equal($"There is no file '{Last}': check the path.", error.Message);
    }

    [Fact]
    public void Weights_alone_are_no_checkpoint()
    {
        var first = new TestRun(Options);
        Epoch(first, first.Start(), 1, accuracy: 0.5);
        File.Copy(_folder["model.pth"], Last, overwrite: true);

        var error = Assert.Throws<ModelGenException>(() => new TestRun(Options with { Resume = true }).Start());

        Assert.Equal($"'{Last}' holds weights and no checkpoint: leave --resume out, and name it with --load to start from them.", error.Message);
    }

    [Theory]
    [InlineData("empty")]
    [InlineData("text")]
    [InlineData("changed")]
    [InlineData("cut short")]
    public void A_damaged_checkpoint_is_refused(string how)
    {
        var first = new TestRun(Options);
        Epoch(first, first.Start(), 1, accuracy: 0.5);
        var bytes = File.ReadAllBytes(Last);
        bytes[bytes.AsSpan().IndexOf("\"spec\""u8) + 1] ^= (byte)(how == "changed" ? 1 : 0);
        File.WriteAllBytes(Last, how switch { "empty" => [], "text" => "no checkpoint"u8.ToArray(), "changed" => bytes, _ => bytes[..^100] });

        var error = Assert.Throws<ModelGenException>(() => new TestRun(Options with { Resume = true }).Start());

        Assert.Equal(
            $"'{Last}' is damaged, or is no checkpoint: copy best.ckpt or another checkpoint of the run there to go on from that, or train without --resume.", error.Message);
    }

    private static void Epoch(TestRun test, TrainingRun run, int number, double accuracy)
    {
        var epoch = run.NextEpoch(new TestBatches(4))!;
        Batches(test, epoch, 4);
        epoch.Complete(Fair, new Scores(0.5, accuracy, 10));
    }

    private static void Batches(TestRun test, EpochProgress epoch, int count)
    {
        for (var i = 0; i < count; i++)
        {
            test.State.Weight++;
            epoch.Advance(new TestScores(Fair));
        }
    }

    private static (int Epoch, int Batch, int Finished, float Weight) Place(string path) => CheckpointFile.Map(
        path, (header, state) => (header.Epoch, header.Batch, header.Epochs.Count, BitConverter.ToSingle(state.Entries[0].Tensor.Data.Span)));
}
