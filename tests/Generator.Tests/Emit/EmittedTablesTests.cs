using System.Text.Json;

namespace ModelGen.Tests.Emit;

/// <summary>Networks that learn from CSV files: numbers, classes, labels that each hold or not, and probabilities.</summary>
[Collection("Torch")]
public sealed class EmittedTablesTests : IDisposable
{
    private const string Regression = """
        {
          "input": [2], "layers": [{ "linear": 2 }],
          "training": { "loss": "mse", "optimizer": "adam", "learning_rate": 0.05, "batch_size": 16, "epochs": 12 },
          "data": { "csv": { "targets": ["y", "z"] } }
        }
        """;

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_regression_finds_the_line_that_its_rows_lie_on()
    {
        using var program = Program(Regression);
        Data(Tables.Line(400, seed: 1), Tables.Line(100, seed: 2));

        var trained = program.Run("--data", _folder["data"], "--out", _folder["out"], "--device", "cpu", "--threads", "1");

        Assert.Equal((0, ""), (trained.ExitCode, trained.Error));
        Assert.Contains($"Data: 400 training and 100 test rows, 2 features, 2 targets ({_folder["data"]})\n", trained.Out, StringComparison.Ordinal);
        Assert.Matches(@"Epoch 12/12  100%  25/25  .* rows/s  .*loss 0\.000\d  mae 0\.00\d+  rmse 0\.00\d+  r2 (0\.999\d|1\.0000)  test loss 0\.000\d  test mae 0\.00\d+  test rmse 0\.00\d+  test r2 (0\.999\d|1\.0000)", trained.Out);
        Assert.Matches(@"Done: test MAE 0\.0\d+ \(best 0\.0\d+ in epoch \d+\)", trained.Out);
        var result = JsonDocument.Parse(File.ReadAllText(_folder["out/result.json"])).RootElement;
        Assert.InRange(result.GetProperty("test_rmse").GetDouble(), 0, 0.02);
        Assert.InRange(result.GetProperty("test_r2").GetDouble(), 0.999, 1);
        Assert.False(result.TryGetProperty("test_accuracy", out _));
        Assert.False(File.Exists(_folder["out/labels.txt"]));
        Assert.DoesNotContain("ccuracy", File.ReadAllText(_folder["out/metrics.jsonl"]) + File.ReadAllText(_folder["out/report.html"]), StringComparison.Ordinal);

        // Only the features need be there, in any place.
        File.WriteAllText(_folder["new.csv"], "note,b,a\n1,0,0\n");
        File.WriteAllText(_folder["two.csv"], "a,b\n1,0\n0,1\n");
        var predicted = program.Run("predict", _folder["two.csv"], "--out", _folder["out"], "--device", "cpu");
        Assert.Equal((0, ""), (predicted.ExitCode, predicted.Error));
        var lines = predicted.Out.Split('\n');
        Assert.Equal("row\ty\tz", lines[0]);
        var cells = lines[2].Split('\t');
        Assert.Equal(_folder["two.csv"] + ":3", cells[0]);
        Assert.InRange(double.Parse(cells[1], System.Globalization.CultureInfo.InvariantCulture), -2.1, -1.9);
        Assert.InRange(double.Parse(cells[2], System.Globalization.CultureInfo.InvariantCulture), 0.9, 1.1);
        var refused = program.Run("predict", _folder["new.csv"], "--out", _folder["out"], "--device", "cpu");
        Assert.Equal(
            (1, $"error: '{_folder["new.csv"]}' has 3 columns of features, but the network takes 2: name those that it takes by 'features', or change the input.\n"),
            (refused.ExitCode, refused.Error));

        var evaluated = program.Run("eval", "--data", _folder["data"], "--out", _folder["out"], "--device", "cpu");
        Assert.Matches(@"100 test rows  test loss 0\.000\d  test mae 0\.0\d+  test rmse 0\.0\d+  test r2 (0\.999\d|1\.0000)", evaluated.Out);
    }

    [Theory]
    [InlineData("torch")]
    [InlineData("csharp")]
    public void Nothing_that_it_says_of_itself_is_about_images(string backend)
    {
        var spec = Regression.TrimEnd().TrimEnd('}') + $$""", "compile": { "backend": "{{backend}}" } }""";

        var said = string.Concat(Compiled.From(("Net.model.json", spec)).AssertClean().Files.Values).Split('\n').Where(line => line.Contains("/// ", StringComparison.Ordinal)).ToArray();

        Assert.Contains("        /// <summary>Rows per optimisation step, at least 1. Default: 16.</summary>", said);
        Assert.DoesNotContain(said, line => line.Contains("image", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void Rows_cannot_live_on_the_device()
    {
        using var program = Program(Regression);

        var refused = program.Run("--resident", "on", "--data", "nowhere");

        Assert.Equal((2, "error: --resident takes auto or off (augmented images and rows are prepared on the host), not 'on'. Try --help.\n"), (refused.ExitCode, refused.Error));
        Assert.Matches(@"Keep all rows on the device: not in\s+this\s+network", program.Run("--help").Out);
    }

    [Fact]
    public void It_goes_on_bit_for_bit_in_the_middle_of_an_epoch()
    {
        using var program = Program(Regression);
        Data(Tables.Line(1600, seed: 1), Tables.Line(100, seed: 2));
        string[] run = ["--data", _folder["data"], "--epochs", "3", "--device", "cpu", "--threads", "1"];
        Assert.Equal(0, program.Run([.. run, "--out", _folder["straight"]]).ExitCode);
        using (var killed = program.Start([.. run, "--checkpoint-every", "7", "--out", _folder["killed"]]))
        {
            while (!File.Exists(_folder["killed/last.ckpt"]) && !killed.HasExited)
                Thread.Yield();
            killed.Kill();
            killed.WaitForExit();
        }

        var resumed = program.Run("--resume", "--out", _folder["killed"]);

        Assert.Equal((0, ""), (resumed.ExitCode, resumed.Error));
        Assert.Matches(@"Resumed: epoch \d, batch \d+\n", resumed.Out);
        Assert.Equal(File.ReadAllBytes(_folder["straight/model.pth"]), File.ReadAllBytes(_folder["killed/model.pth"]));
        Assert.Equal(Scores("straight"), Scores("killed"));
    }

    [Fact]
    public void Another_table_is_no_table_to_go_on_with()
    {
        using var program = Program(Regression);
        Data(Tables.Line(40, seed: 1), Tables.Line(10, seed: 2));
        Assert.Equal(0, program.Run("--data", _folder["data"], "--epochs", "1", "--device", "cpu", "--out", _folder["out"]).ExitCode);
        Data(Tables.Line(40, seed: 3), Tables.Line(10, seed: 2));

        var resumed = program.Run("--resume", "--epochs", "2", "--out", _folder["out"]);

        Assert.Equal(1, resumed.ExitCode);
        Assert.Contains("is of a run on other data", resumed.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Flowers_are_classes_in_ordinal_order()
    {
        using var program = Program("""
            {
              "input": [2], "layers": [{ "linear": 16 }, "relu", { "linear": 3 }],
              "training": { "loss": "cross_entropy", "optimizer": "adam", "learning_rate": 0.02, "batch_size": 16, "epochs": 12 },
              "data": { "csv": { "label": "kind", "features": ["length", "width"], "delimiter": ";", "mean": [1, 0], "std": [0.8, 0.6] } }
            }
            """);
        Data(Tables.Flowers(300, seed: 1), Tables.Flowers(90, seed: 2));

        var trained = program.Run("--data", _folder["data"], "--out", _folder["out"], "--device", "cpu");

        Assert.Equal((0, ""), (trained.ExitCode, trained.Error));
        Assert.Equal("Iris red\nIris white\nIris, blue\n", File.ReadAllText(_folder["out/labels.txt"]));
        var result = JsonDocument.Parse(File.ReadAllText(_folder["out/result.json"])).RootElement;
        Assert.InRange(result.GetProperty("test_accuracy").GetDouble(), 0.97, 1);
        Assert.Contains("test rows were taken for another class", File.ReadAllText(_folder["out/report.html"]), StringComparison.Ordinal);

        File.WriteAllText(_folder["new.csv"], "length;width\n0;0.1\n1.1;0\n2;-0.5\n");
        var predicted = program.Run("predict", _folder["new.csv"], "--out", _folder["out"], "--device", "cpu");
        Assert.Equal(["Iris, blue", "Iris red", "Iris white"], predicted.Out.Split('\n')[..3].Select(line => line.Split('\t')[1]));

        File.WriteAllText(_folder["data/test.csv"], "kind;length;width\nIris red;1;0\nRose;1;0\n");
        var refused = program.Run("--data", _folder["data"], "--out", _folder["other"], "--device", "cpu");
        Assert.Equal(
            (1, $"error: '{_folder["data/test.csv"]}' line 3: the column 'kind' holds the class 'Rose', which is none of the training set's: Iris red, Iris white, Iris, blue.\n"),
            (refused.ExitCode, refused.Error));
    }

    [Theory]
    [InlineData("bce_with_logits", "")]
    [InlineData("bce", ", \"sigmoid\"")]
    public void Labels_hold_each_by_itself(string loss, string end)
    {
        using var program = Program($$"""
            {
              "input": [2], "layers": [{ "linear": 2 }{{end}}],
              "training": { "loss": "{{loss}}", "optimizer": "adam", "learning_rate": 0.1, "batch_size": 16, "epochs": 10 },
              "data": { "csv": { "targets": ["long", "urgent"] } }
            }
            """);
        Data(Tables.Messages(400, seed: 1), Tables.Messages(100, seed: 2));

        var trained = program.Run("--data", _folder["data"], "--out", _folder["out"], "--device", "cpu");

        Assert.Equal((0, ""), (trained.ExitCode, trained.Error));
        var result = JsonDocument.Parse(File.ReadAllText(_folder["out/result.json"])).RootElement;
        Assert.InRange(result.GetProperty("test_accuracy").GetDouble(), 0.95, 1);
        Assert.InRange(result.GetProperty("test_auroc").GetDouble(), 0.99, 1);
        File.WriteAllText(_folder["new.csv"], "length,marks\n0.9,-0.9\n");
        var lines = program.Run("predict", _folder["new.csv"], "--out", _folder["out"], "--device", "cpu").Out.Split('\n');
        Assert.Equal("row\tlong\turgent", lines[0]);
        var cells = lines[1].Split('\t');
        Assert.InRange(double.Parse(cells[1], System.Globalization.CultureInfo.InvariantCulture), 0.9, 1);
        Assert.InRange(double.Parse(cells[2], System.Globalization.CultureInfo.InvariantCulture), 0, 0.1);

        File.WriteAllText(_folder["data/test.csv"], "length,marks,long,urgent\n0.9,-0.9,1,0.5\n");
        Assert.Equal(
            $"error: '{_folder["data/test.csv"]}' line 2: the column 'urgent' holds '0.5', but a label is 0 for no or 1 for yes.\n",
            program.Run("--data", _folder["data"], "--out", _folder["other"], "--device", "cpu").Error);
    }

    [Theory]
    [InlineData(@"\\", @"Delimiter = '\\',")]
    [InlineData(@"\t", @"Delimiter = '\t',")]
    [InlineData("|", "Delimiter = '|',")]
    public void Whatever_stands_between_values_is_a_character_of_csharp(string delimiter, string written)
    {
        var compiled = Compiled.From(("Net.model.json", Regression.Replace("[\"y\", \"z\"]", $"[\"y\", \"z\"], \"delimiter\": \"{delimiter}\"", StringComparison.Ordinal))).AssertClean();

        Assert.Contains(written, compiled.Files["Demo.Net.Data.g.cs"], StringComparison.Ordinal);
    }

    [Fact]
    public void Rows_in_memory_that_do_not_fit_are_refused()
    {
        using var program = new EmittedProgram(
            """
            try
            {
                Demo.Net.Train(new() { Device = "cpu", Out = args[0] }, new ModelGen.Data.TableData(new([1, 2, 3], [4, 5], targetCount: 2), null, "rows"));
                return 0;
            }
            catch (ModelGen.ModelGenException error)
            {
                System.Console.Error.Write(error.Message);
                return 1;
            }
            """,
            ("Net.model.json", Regression));

        var refused = program.Run(_folder["out"]);

        Assert.Equal((1, "The training set has 3 features a row, but the network takes 2: give such rows, or change the network's input."), (refused.ExitCode, refused.Error));
    }

    [Theory]
    [InlineData("torch")]
    [InlineData("csharp")]
    public void What_no_run_can_have_is_named_before_anything_is_opened(string backend)
    {
        using var program = new EmittedProgram(
            """
            System.Action[] calls =
            [
                () => Demo.Net.Train(null!),
                () => Demo.Net.Train(new() { BatchSize = -1 }),
                () => Demo.Net.FindLearningRate(new() { Threads = -1 }),
                () => Demo.Net.Train(new() { Partial = true }),
                () => Demo.Net.Predictor.Load(weights: null!),
            ];
            foreach (var call in calls)
            {
                try
                {
                    call();
                }
                catch (System.Exception error)
                {
                    System.Console.Write($"{error.GetType().Name}: {error.Message.Split('(', ',', ':')[0].TrimEnd()} {(error as System.ArgumentException)?.ParamName}\n");
                }
            }

            return 0;
            """,
            ("Net.model.json", Regression.Replace("\"training\"", $"\"compile\": {{ \"backend\": \"{backend}\" }}, \"training\"", StringComparison.Ordinal)));

        Assert.Equal(
            """
            ArgumentNullException: Value cannot be null. options
            ArgumentOutOfRangeException: BatchSize is -1 options
            ArgumentOutOfRangeException: Threads is -1 options
            ModelGenException: --partial takes what fits of the weights in --load 
            ArgumentNullException: Value cannot be null. path

            """,
            program.Run().Out);
    }

    /// <summary>Its kernels take sizes from the spec: they would read what lies behind a sample, or the next one's values.</summary>
    [Fact]
    public void Plain_csharp_takes_no_sample_of_another_size()
    {
        using var program = new EmittedProgram(
            """
            System.Action[] takes =
            [
                () => new Demo.Net.Data(new([1, 2, 3], [4, 5], targetCount: 2), new()),
                () => new Demo.Net.Data(new([1, 2], [4, 5, 6], targetCount: 3), new()),
                () => new Demo.Net.Workspace(new()).Forward([1]),
                () => new Demo.Net.Workspace(new()).ForwardSample([1, 2, 3]),
                () => new Demo.Seen.Data(new(new(1, 4, 5), new byte[20], [0], ["a", "b"]), new()),
                () => new Demo.Seen.Workspace(new()).Forward(new float[17]),
                () => new Demo.Seen.Workspace(new()).ForwardSample(new byte[15]),
            ];
            foreach (var take in takes)
            {
                try
                {
                    take();
                }
                catch (System.ArgumentOutOfRangeException error)
                {
                    System.Console.Write(error.ParamName + " ");
                }
            }

            return 0;
            """,
            ("Net.model.json", Regression.Replace("\"training\"", "\"compile\": { \"backend\": \"csharp\" }, \"training\"", StringComparison.Ordinal)),
            ("Seen.model.json", """
                {
                  "input": [1, 4, 4], "layers": ["flatten", { "linear": 2 }], "compile": { "backend": "csharp" },
                  "training": { "loss": "cross_entropy", "optimizer": "sgd" }, "data": { "image_folder": {} }
                }
                """));

        Assert.Equal("rows.FeatureCount rows.TargetCount input.Length features.Length images.Shape input.Length pixels.Length ", program.Run().Out);
    }

    [Fact]
    public void Without_data_there_is_nothing_to_draw()
    {
        using var program = Program(Regression);

        var run = program.Run("--out", _folder["out"], "--device", "cpu");

        Assert.Equal((1, "error: There is no data: name a CSV file, or a folder with train.csv and test.csv, with --data.\n"), (run.ExitCode, run.Error));
    }

    // Losses and errors, without times.
    private IEnumerable<string> Scores(string run) => File.ReadLines(_folder[run + "/metrics.jsonl"])
        .SelectMany(line => JsonDocument.Parse(line).RootElement.EnumerateObject())
        .Where(number => number.Name.StartsWith('t'))
        .Select(number => number.ToString());

    private static EmittedProgram Program(string spec) => new("return Demo.Net.Run(args);", ("Net.model.json", spec));

    private void Data(string train, string test)
    {
        Directory.CreateDirectory(_folder["data"]);
        File.WriteAllText(_folder["data/train.csv"], train);
        File.WriteAllText(_folder["data/test.csv"], test);
    }
}
