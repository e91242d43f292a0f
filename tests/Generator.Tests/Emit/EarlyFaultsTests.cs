namespace ModelGen.Tests.Emit;

/// <summary>What is wrong with a network or its recipe shows in the first minute, in one sentence.</summary>
[Collection("Torch")]
public sealed class EarlyFaultsTests : IDisposable
{
    private const string Spec = """
        {
          "input": [1, 28, 28],
          "layers": ["flatten", { "linear": 16, "name": "wide" }, "relu", { "linear": 10, "name": "head" }],
          "training": { "loss": "cross_entropy", "optimizer": "sgd", "batch_size": 16, "epochs": 3 },
          "data": { "image_folder": {} }
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
    public void A_loss_that_is_no_number_stops_the_run_before_it_reaches_the_weights()
    {
        var (exitCode, _, error) = Run("--learning-rate", "1e30", "--checkpoint-every", "1");

        Assert.Equal(1, exitCode);
        Assert.Equal(
            "error: Training diverged in step 2: the loss is NaN, and the first layer whose output is not finite is 'head'; lower --learning-rate, or look at the data. "
            + $"The last good checkpoint is '{_folder["out/last.ckpt"]}'.\n",
            error);
        Assert.All(Formats.PthFile.Read(_folder["out/last.ckpt"]).Entries.Where(entry => entry.Name.StartsWith("model.", StringComparison.Ordinal)), entry =>
            Assert.All(System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(entry.Tensor.Data.Span).ToArray(), value => Assert.True(float.IsFinite(value))));
    }

    [Fact]
    public void Two_batches_go_through_everything()
    {
        var (exitCode, output, error) = Run("--fast-dev-run");

        Assert.Equal((0, ""), (exitCode, error));
        Assert.Contains("drew 32 training and 32 test digits", output, StringComparison.Ordinal);
        Assert.Equal(
            ["best.ckpt", "labels.txt", "last.ckpt", "metrics.jsonl", "model.pth", "report.html", "result.json", "run.json"],
            Directory.GetFiles(_folder["out/fast-dev-run"]).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Two_batches_are_learned_from_also_when_a_share_is_held_out()
    {
        using var program = new EmittedProgram("return Demo.Net.Run(args);", ("Net.model.json", Spec.Replace("\"epochs\": 3", "\"epochs\": 3, \"validation_share\": 0.5, \"stratified\": false", StringComparison.Ordinal)));
        var (exitCode, output, error) = program.Run("--fast-dev-run", "--device", "cpu", "--out", _folder["out"]);

        Assert.Equal((0, ""), (exitCode, error));
        Assert.Contains("drew 64 training and 64 test digits, 28x28, 10 classes (seed 1); 32 training images are held out to judge each epoch", output, StringComparison.Ordinal);
    }

    [Fact]
    public void A_few_images_are_learned_by_heart()
    {
        var (exitCode, output, _) = Run("--overfit", "16", "--epochs", "40", "--learning-rate", "0.1");

        Assert.Equal(0, exitCode);
        Assert.Contains("drew 16 training", output, StringComparison.Ordinal);
        Assert.Contains("Done: overfit accuracy 1.0000 (best 1.0000", output, StringComparison.Ordinal);
        Assert.DoesNotContain("by heart", output, StringComparison.Ordinal);
    }

    private (int ExitCode, string Out, string Error) Run(params string[] args) => _program.Run([.. args, "--device", "cpu", "--threads", "1", "--out", _folder["out"]]);
}
