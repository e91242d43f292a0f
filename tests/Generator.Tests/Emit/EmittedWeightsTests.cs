using ModelGen.Formats;

namespace ModelGen.Tests.Emit;

/// <summary>A program's weights in and out of files: the same answers, whatever the format.</summary>
[Collection("Torch")]
public sealed class EmittedWeightsTests : IDisposable
{
    private const string Spec = """
        {
          "input": [2], "compile": { "backend": "both" }, "layers": [{ "linear": 4 }, "relu", { "linear": 2 }],
          "training": { "loss": "mse", "optimizer": "sgd", "momentum": 0.9, "learning_rate": 0.01, "batch_size": 16, "epochs": 1 },
          "data": { "csv": { "targets": ["y", "z"] } }
        }
        """;

    private readonly EmittedProgram _program = new("return Demo.Net.Run(args);", ("Net.model.json", Spec));
    private readonly TempFolder _folder = new();

    public void Dispose()
    {
        _program.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Weights_saved_as_safetensors_answer_as_the_runs_own_do_and_a_wrappers_prefix_is_taken_off()
    {
        Directory.CreateDirectory(_folder["data"]);
        File.WriteAllText(_folder["data/train.csv"], Tables.Line(64, seed: 1));
        File.WriteAllText(_folder["data/test.csv"], Tables.Line(16, seed: 2));
        File.WriteAllText(_folder["rows.csv"], "a,b\n1,0\n0,1\n");
        var trained = _program.Run("--data", _folder["data"], "--out", _folder["out"], "--device", "cpu", "--save", _folder["saved/net.safetensors"]);
        Assert.Equal((0, ""), (trained.ExitCode, trained.Error));
        var saved = SafetensorsFile.Read(_folder["saved/net.safetensors"]);
        PthFile.Write(_folder["wrapped.pth"], saved with { Entries = [.. saved.Entries.Select(entry => entry with { Name = "module." + entry.Name })] });

        var expected = Predict("--load", _folder["out/model.pth"]);
        Assert.Equal((0, ""), (expected.ExitCode, expected.Error));
        Assert.Equal(expected, Predict("--load", _folder["saved/net.safetensors"]));
        Assert.Equal(expected, Predict("--load", _folder["wrapped.pth"], "--strip-prefix", "module."));
        Assert.EndsWith("all its names begin with 'module.', which --strip-prefix module. takes off.\n", Predict("--load", _folder["wrapped.pth"]).Error, StringComparison.Ordinal);

        var evaluated = _program.Run("eval", "--data", _folder["data"], "--out", _folder["out"], "--device", "cpu", "--load", _folder["wrapped.pth"], "--strip-prefix", "module.");
        Assert.Equal((0, ""), (evaluated.ExitCode, evaluated.Error));
    }

    /// <summary>One batch is all rows, so that an epoch is a step: in which order the rows are then changes last digits alone.</summary>
    [Theory]
    [InlineData("torch")]
    [InlineData("csharp")]
    public void Two_runs_of_a_step_are_one_run_of_two_when_the_second_takes_the_firsts_optimizer(string backend)
    {
        File.WriteAllText(_folder["rows.csv"], Tables.Line(16, seed: 1));

        Train("both", "--epochs", "2");
        Train("first", "--epochs", "1", "--save-optimizer", _folder["optimizer.pth"]);
        Train("second", "--epochs", "1", "--load", _folder["first/model.pth"], "--load-optimizer", _folder["optimizer.pth"]);
        Train("anew", "--epochs", "1", "--load", _folder["first/model.pth"]);

        Assert.InRange(Distance("both", "second"), 0, 1e-6);
        Assert.InRange(Distance("both", "anew"), 1e-4, 1);

        void Train(string folder, params string[] options)
        {
            var (exitCode, _, error) = _program.Run(["--backend", backend, "--data", _folder["rows.csv"], "--test-data", _folder["rows.csv"], "--out", _folder[folder], "--device", "cpu", .. options]);
            Assert.Equal((0, ""), (exitCode, error));
        }
    }

    private double Distance(string first, string second) => Weights(first).Zip(Weights(second), (a, b) => Math.Abs(a - b)).Max();

    private float[] Weights(string folder) =>
        [.. PthFile.Read(_folder[$"{folder}/model.pth"]).Entries.SelectMany(entry => System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(entry.Tensor.Data.Span).ToArray())];

    private (int ExitCode, string Out, string Error) Predict(params string[] options) => _program.Run(["predict", _folder["rows.csv"], "--device", "cpu", .. options]);
}
