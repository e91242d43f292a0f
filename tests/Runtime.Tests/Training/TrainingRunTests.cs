using ModelGen.Training;

namespace ModelGen.Tests.Training;

public sealed class TrainingRunTests : IDisposable
{
    private static readonly Scores Trained = new(0.5, 0.75, 1000);
    private static readonly Scores Tested = new(0.25, 0.875, 200);

    private readonly TempFolder _folder = new();
    private readonly RecordingTerminal _terminal = new();
    private TestRun _test = null!;

    private string Out => _folder["out"];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_header_says_what_is_trained_on_what_and_how()
    {
        Start();

        Assert.Equal(
            $"""
            TestNet: 29,034 parameters
            Data: drawn digits
            Run: cpu, seed 1, epochs 20, batch size 32, into {Out}

            """,
            _terminal.Out);
    }

    [Fact]
    public void Starting_creates_the_folder_and_records_there_what_is_run()
    {
        Start(new TestOptions { Out = Out, Seed = 1 });
        Start(new TestOptions { Out = Out, Seed = 2 });
        _test.End();

        Assert.Equal(["out", "out/run.json"], _folder.Entries);
        Assert.Contains("\"seed\": \"2\"", File.ReadAllText(_folder["out/run.json"]), StringComparison.Ordinal);
        Assert.DoesNotContain("earlier run", _terminal.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void The_weights_go_into_the_output_folder() => Assert.Equal(Path.Combine(Out, "model.pth"), Start().WeightsPath);

    [Fact]
    public void Each_epoch_adds_a_line_to_the_metrics()
    {
        var run = Start();
        Epoch(run, 1, 2.0, Trained, Tested);
        Epoch(run, 2, 4.0, Trained, null);

        Assert.Equal(
            """
            {"epoch":1,"train_loss":0.5,"train_accuracy":0.75,"test_loss":0.25,"test_accuracy":0.875,"seconds":2,"images_per_second":500,"learning_rate":0.25,"waited":0}
            {"epoch":2,"train_loss":0.5,"train_accuracy":0.75,"test_loss":null,"seconds":4,"images_per_second":250,"learning_rate":0.25,"waited":0}

            """,
            File.ReadAllText(_folder["out/metrics.jsonl"]));
    }

    [Fact]
    public void The_result_holds_the_last_epoch_the_best_and_the_time_spent_training()
    {
        var run = Start();
        Epoch(run, 1, 2.0, Trained, Tested with { Accuracy = 0.5 });
        Epoch(run, 2, 2.0, Trained, Tested with { Accuracy = 0.875 });
        Epoch(run, 3, 4.0, Trained, Tested with { Accuracy = 0.875 });
        Epoch(run, 4, 4.5, Trained, Tested with { Accuracy = 0.75 });
        run.Complete();

        Assert.Equal(
            """
            {
              "model": "TestNet",
              "parameters": 29034,
              "device": "cpu",
              "seed": 1,
              "epochs": 4,
              "train_images": 1000,
              "test_images": 200,
              "train_loss": 0.5,
              "train_accuracy": 0.75,
              "test_loss": 0.25,
              "test_accuracy": 0.75,
              "best_test_accuracy": 0.875,
              "best_epoch": 2,
              "seconds": 12.5,
              "images_per_second": 320
            }

            """,
            File.ReadAllText(_folder["out/result.json"]));
        Assert.EndsWith($"\nDone: test accuracy 0.7500 (best 0.8750 in epoch 2), trained for 00:13; weights in {run.WeightsPath}\n", _terminal.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void What_was_run_is_recorded_so_that_it_can_be_run_again()
    {
        Epoch(Start(new TestOptions { Out = Out, Epochs = 3, Limit = 500, Device = "cpu" }), 1, 1.0, Trained, null);

        var record = File.ReadAllText(_folder["out/run.json"]);
        Assert.Contains(
            """
              "settings": {
                "batch-size": "32",
                "device": "cpu",
                "epochs": "3",
                "keep": "0",
                "learning-rate": "0.01",
                "limit": "500",
                "log": "jsonl",
                "resident": "auto",
                "seed": "1",
                "threads": "0",
                "workers": "4"
              }
            """,
            record,
            StringComparison.Ordinal);
        Assert.Matches("\"data_hash\": \"[0-9a-f]{64}\",", record);
    }

    [Fact]
    public void What_was_held_out_is_called_validation_and_a_test_set_beside_it_is_spoken_of()
    {
        var options = new TestOptions { Out = Out, Data = "my pets", Epochs = 1 };
        var test = new TestRun(options, _terminal);
        var run = test.Start(setup => setup with { Data = TestRun.Data("pets", "cat", "dog").HoldOut(options, 0.25, stratified: true) });
        run.NextEpoch(new TestBatches(1))!.Complete(Trained, Tested);
        run.Complete();

        Assert.Contains("\nData: pets; 250 training images are held out to judge each epoch, and the test images are not used\n", _terminal.Out, StringComparison.Ordinal);
        Assert.Contains("  val loss 0.2500  val acc 0.8750  ", _terminal.Out, StringComparison.Ordinal);
        Assert.Contains($"\nNote: The test images were not used: eval --load {_folder["out/best.ckpt"]} --data 'my pets' measures the network on them.\nDone: validation accuracy 0.8750 (best", _terminal.Out, StringComparison.Ordinal);
        var report = File.ReadAllText(_folder["out/report.html"]);
        Assert.Contains("<dt>Validation accuracy</dt>", report, StringComparison.Ordinal);
        Assert.Contains("validation loss</th>", report, StringComparison.Ordinal);
        Assert.DoesNotContain("test accuracy", report, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void Images_that_should_be_learnt_by_heart_and_are_not_are_spoken_of()
    {
        var run = Start(new TestOptions { Out = Out, Overfit = 1000 });
        Epoch(run, 1, 1.0, Trained with { Accuracy = 1 }, Tested);
        run.Complete();

        Assert.Contains("\nNote: The network did not learn its 1000 images by heart: ", _terminal.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Images_are_learnt_by_heart_when_the_epoch_ends_with_all_of_them_right()
    {
        var run = Start(new TestOptions { Out = Out, Overfit = 1000 });
        // Dropout makes it harder than it is without.
        Epoch(run, 1, 1.0, Trained, Tested with { Accuracy = 1 });
        run.Complete();

        Assert.DoesNotContain("by heart", _terminal.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_test_set_the_result_has_no_test_scores()
    {
        var run = Start();
        Epoch(run, 1, 2.0, Trained, null);
        run.Complete();

        var result = File.ReadAllText(_folder["out/result.json"]);
        Assert.Contains("\"test_loss\": null,\n  \"best_epoch\": null,", result, StringComparison.Ordinal);
        Assert.EndsWith($"\nDone: training accuracy 0.7500, trained for 00:02; weights in {run.WeightsPath}\n", _terminal.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void The_names_of_the_classes_are_written_one_a_line()
    {
        Epoch(Start(), 1, 1.0, Trained, null);

        Assert.Equal("cat\nStraße\n", File.ReadAllText(_folder["out/labels.txt"]));
    }

    [Fact]
    public void An_earlier_runs_files_stay_until_the_first_epoch_is_finished()
    {
        Directory.CreateDirectory(Out);
        string[] files = ["labels.txt", "metrics.jsonl", "result.json", "best.ckpt", "model.pth", "notes.md", "run.json"];
        foreach (var file in files)
            File.WriteAllText(Path.Combine(Out, file), "earlier");

        var run = Start();
        run.NextEpoch(new TestBatches(10));
        Assert.All(files, file => Assert.Equal("earlier", File.ReadAllText(Path.Combine(Out, file))));
        Epoch(run, 1, 1.0, Trained, null);
        _test.End();

        Assert.Equal(
            ["out", "out/labels.txt", "out/last.ckpt", "out/metrics.jsonl", "out/model.pth", "out/notes.md", "out/report.html", "out/run.json"], _folder.Entries);
        Assert.DoesNotContain("earlier", File.ReadAllText(_folder["out/metrics.jsonl"]), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_in_the_place_of_the_folder_is_refused_and_kept()
    {
        File.WriteAllText(Out, "precious");

        var error = Assert.Throws<ModelGenException>(() => Start());

        Assert.Equal($"The output folder '{Out}' is a file: name another folder with --out.", error.Message);
        Assert.Equal("precious", File.ReadAllText(Out));
        Assert.Empty(_terminal.Out);
    }

    [Fact]
    public void A_folder_below_a_file_is_refused_and_the_file_is_kept()
    {
        File.WriteAllText(_folder["file"], "precious");

        var error = Assert.Throws<ModelGenException>(() => Start(new TestOptions { Out = _folder["file/out"] }));

        Assert.StartsWith($"The output folder '{_folder["file/out"]}' cannot be written (", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("): name another folder with --out.", error.Message, StringComparison.Ordinal);
        Assert.Equal(["file"], _folder.Entries);
    }

    [Theory]
    [InlineData("model.pth")]
    [InlineData("metrics.jsonl")]
    [InlineData("result.json")]
    [InlineData("labels.txt")]
    [InlineData("last.ckpt")]
    [InlineData("best.ckpt")]
    [InlineData("run.json")]
    [InlineData("metrics.csv")]
    [InlineData("report.html")]
    public void A_folder_in_the_place_of_a_file_is_refused(string file)
    {
        var inTheWay = Path.Combine(Out, file);
        Directory.CreateDirectory(inTheWay);

        var error = Assert.Throws<ModelGenException>(() => Start());

        Assert.Equal($"'{inTheWay}' is a folder, and a file has to be written there: move it away or name another folder with --out.", error.Message);
    }

    [Fact]
    public void A_class_name_with_a_line_break_is_refused_before_anything_is_created()
    {
        var error = Assert.Throws<ModelGenException>(() => Start(classes: ["cat", "a\nb"]));

        Assert.Equal("The class name 'a b' has a line break in it: rename it.", error.Message);
        Assert.Empty(_folder.Entries);
    }

    [Fact]
    public void Options_that_the_command_line_would_refuse_are_refused_from_code_too()
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => Start(new TestOptions { Out = Out, Epochs = 0 }));

        Assert.StartsWith("Epochs is 0, but takes a whole number of at least 1.", error.Message, StringComparison.Ordinal);
        Assert.Empty(_folder.Entries);
    }

    [Fact]
    public void A_run_without_a_finished_epoch_cannot_be_complete() => Assert.Throws<InvalidOperationException>(() => Start().Complete());

    private TrainingRun Start(TestOptions? options = null, IReadOnlyList<string>? classes = null)
    {
        _test = new TestRun(options ?? new TestOptions { Out = Out }, _terminal);
        return _test.Start(setup => classes is null ? setup : setup with { Data = TestRun.Data("drawn digits", [.. classes]) });
    }

    private void Epoch(TrainingRun run, int epoch, double seconds, Scores trained, Scores? tested)
    {
        var progress = run.NextEpoch(new TestBatches(10))!;
        _test.Time.Advance(seconds);
        progress.Trained();
        _test.Time.Advance(7);
        progress.Complete(trained, tested);
    }
}
