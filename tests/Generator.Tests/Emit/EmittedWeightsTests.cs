using ModelGen.Formats;

namespace ModelGen.Tests.Emit;

/// <summary>A program's weights in and out of files: the same answers, whatever the format.</summary>
[Collection("Torch")]
public sealed class EmittedWeightsTests : IDisposable
{
    private const string Spec = """
        {
          "input": [2], "layers": [{ "linear": 4 }, "relu", { "linear": 2 }],
          "training": { "loss": "mse", "optimizer": "adam", "batch_size": 16, "epochs": 1 },
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

    private (int ExitCode, string Out, string Error) Predict(params string[] options) => _program.Run(["predict", _folder["rows.csv"], "--device", "cpu", .. options]);
}
