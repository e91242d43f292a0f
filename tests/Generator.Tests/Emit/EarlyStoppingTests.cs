using ModelGen.Torch;

namespace ModelGen.Tests.Emit;

/// <summary>A spec that holds images out and stops early does so, and a run of it can be resumed.</summary>
[Collection("Torch")]
public sealed class EarlyStoppingTests : IDisposable
{
    // A step size at which nothing is learned.
    private const string Spec = """
        {
          "name": "Net", "input": [1, 28, 28], "layers": ["flatten", { "linear": 10 }],
          "training": {
            "loss": "cross_entropy", "optimizer": "sgd", "learning_rate": 1e-12, "epochs": 50,
            "validation_share": 0.2, "patience": 2, "monitor": "loss", "min_delta": 0.001
          },
          "data": { "image_folder": {} }
        }
        """;

    private static readonly Lazy<Func<string[], int>> Run = new(() =>
        Compiled.From(("Net.model.json", Spec)).Load().GetType("Demo.Net")!.GetMethod("Run")!.CreateDelegate<Func<string[], int>>());

    private readonly TempFolder _folder = new();

    public EarlyStoppingTests() => LibTorch.EnsureLoaded();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void It_stops_when_the_loss_of_the_held_out_images_stays()
    {
        Assert.Equal(0, Run.Value(["--limit", "200", "--device", "cpu", "--out", _folder["run"]]));

        Assert.Equal(3, File.ReadAllLines(_folder["run/metrics.jsonl"]).Length);
        var result = File.ReadAllText(_folder["run/result.json"]);
        Assert.Contains("\"train_images\": 160,\n  \"test_images\": 40,", result, StringComparison.Ordinal);
    }

    [Fact]
    public void Its_program_says_so_in_plain_calls()
    {
        var program = Compiled.From(("Net.model.json", Spec)).AssertClean().Files["Demo.Net.Program.g.cs"];

        Assert.Contains("ImageData.Open(options, Data.ImageShape, classes: 10)).HoldOut(options, 0.2, stratified: true);", program, StringComparison.Ordinal);
        Assert.Contains(
            "            Monitor = global::ModelGen.Training.MonitoredScore.Loss,\n            Patience = 2,\n            MinDelta = 0.001,\n",
            program,
            StringComparison.Ordinal);
    }
}
