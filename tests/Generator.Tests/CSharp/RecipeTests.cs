using ModelGen.Tests.Training;
using ModelGen.Torch;
using ModelGen.Training;

namespace ModelGen.Tests.CSharp;

/// <summary>Every recipe compiles to plain C#, and learns what it learns with TorchSharp: loss, optimizer, schedule, clipping, averages, augmentation.</summary>
[Collection("Torch")]
public sealed class RecipeTests
{
    private const int Epochs = 2;

    // Frozen networks with a batch norm, with a value of the frozen part that layers behind it add, and with a frozen branch beside one that learns.
    private static readonly TwinSpec[] Frozen =
    [
        new("FrozenRows", """
            { "input": [3], "layers": [{ "linear": 6 }, "relu", { "linear": 6 }, { "add": "relu1" }, { "linear": 2 }], "data": { "csv": { "label": "kind" } },
              "training": { "loss": "cross_entropy", "optimizer": "adam", "weight_decay": 0.1, "freeze": ["fc1*"] } }
            """),
        new("FrozenImages", """
            { "input": [3, 8, 8], "layers": [{ "conv2d": 4, "kernel_size": 3, "padding": 1 }, "batch_norm2d", "relu", { "dropout": 0 }, { "conv2d": 4, "kernel_size": 3, "padding": 1 }, "batch_norm2d", { "add": "relu1" }, "relu", "flatten", { "linear": 2 }],
              "training": { "loss": "cross_entropy", "optimizer": "sgd", "momentum": 0.9, "learning_rate": 0.01, "freeze": ["conv1.*", "bn1.*"] }, "data": { "image_folder": {} } }
            """),
        new("FrozenBranch", """
            { "input": [3, 8, 8], "layers": [{ "branches": [[{ "conv2d": 4, "kernel_size": 3 }, "batch_norm2d"], [{ "conv2d": 4, "kernel_size": 3 }, "batch_norm2d"]], "merge": "add" }, "relu", "flatten", { "linear": 2 }],
              "training": { "loss": "cross_entropy", "optimizer": "sgd", "momentum": 0.9, "learning_rate": 0.01, "freeze": ["conv2.*", "bn2.*"] }, "data": { "image_folder": {} } }
            """),
    ];

    // A part of a layer is not frozen there, and it computes in float32, which it says.
    private static readonly IReadOnlyList<TwinSpec> Specs = [.. RecipeSpecs.All.Where(recipe => !recipe.Json.Contains("\"freeze\"", StringComparison.Ordinal) && !recipe.Json.Contains("\"precision\"", StringComparison.Ordinal)).SelectMany((recipe, number) => Of(recipe.Json, number)), .. Frozen];

    private static readonly BothBackends Networks = new(Specs);

    public static TheoryData<string> Names { get; } = [.. Specs.Select(spec => spec.Name)];

    public RecipeTests() => LibTorch.EnsureLoaded();

    [Theory, MemberData(nameof(Names))]
    public void Learns_what_TorchSharp_learns(string name)
    {
        var spec = Specs.Single(spec => spec.Name == name);
        var samples = Samples.Draw(spec, count: 28, seed: 4).Set;

        var torch = Train(spec.TorchName, samples);
        var csharp = Train(spec.CSharpName, samples);

        Assert.All(torch.Zip(csharp), pair => Assert.Equal(pair.First, pair.Second, 1e-4 * Math.Max(1, Math.Abs(pair.First))));
        Assert.NotEqual(csharp[0], csharp[^1]);
    }

    // The losses of the epochs, and the last network's on all samples; where weights are averaged, those judge.
    private static double[] Train(string name, object samples)
    {
        LibTorch.Configure(threads: 1, seed: 1);
        var type = Networks.TypeOf(name);
        var isTorch = type.IsAssignableTo(typeof(TorchSharp.torch.nn.Module));
        var model = isTorch ? Activator.CreateInstance(type) : Activator.CreateInstance(type, 1);
        var options = ((TrainingOptions)Activator.CreateInstance(Networks.TypeOf(name + "+Options"))!) with { BatchSize = 6, Epochs = Epochs, Device = "cpu", Threads = 1 };
        using var trainer = (IDisposable)Activator.CreateInstance(Networks.TypeOf(name + "+Trainer"), model, options)!;
        dynamic data = isTorch
            ? Activator.CreateInstance(Networks.TypeOf(name + "+Data"), samples, options, (object)((dynamic)trainer).Device)!
            : Activator.CreateInstance(Networks.TypeOf(name + "+Data"), samples, options)!;
        var losses = new List<double>();
        for (var epoch = 1; epoch <= Epochs; epoch++)
        {
            Scores trained = ((dynamic)trainer).TrainEpoch(data, epoch);
            losses.Add(trained.Loss);
        }

        Scores judged = ((dynamic)trainer).Evaluate(data);
        Assert.True(double.IsFinite(judged.Loss));
        return [.. losses, judged.Loss];
    }

    private static IEnumerable<TwinSpec> Of(string json, int number)
    {
        var loss = TrainingCatalogue.Losses.Single(loss => json.Contains($"\"loss\": \"{loss.Keyword}\"", StringComparison.Ordinal));
        var head = loss.Keyword switch { "nll" or "kl_div" => ", \"log_softmax\"", "bce" => ", \"sigmoid\"", _ => "" };
        var answers = loss.Task.HasClasses ? "\"label\": \"kind\"" : "\"targets\": [\"a\", \"b\"]";
        yield return new TwinSpec($"Rows{number}", $$"""{ "input": [3], "layers": [{ "linear": 6 }, "relu", { "linear": 2 }{{head}}], "training": { {{json}} }, "data": { "csv": { {{answers}} } } }""");
        if (!loss.Task.HasClasses)
            yield break;
        yield return new TwinSpec($"Images{number}", $$"""
            { "input": [3, 8, 8], "layers": [{ "conv2d": 4, "kernel_size": 3 }, "batch_norm2d", "relu", "flatten", { "linear": 2 }{{head}}], "training": { {{json}} },
              "data": { "image_folder": { "mean": [0.485, 0.1, 0.4], "std": [0.229, 1, 0.225], "horizontal_flip": true, "rotate": 10, "erase": 0.25 } } }
            """);
    }
}
