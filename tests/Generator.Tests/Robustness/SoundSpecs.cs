using ModelGen.Tests.Layers;
using ModelGen.Tests.Specs;

namespace ModelGen.Tests.Robustness;

/// <summary>Specs without a mistake that between them use everything a spec can say: what the fuzzers start from.</summary>
internal static class SoundSpecs
{
    private const string Budgeted = """
        {
          "name": "Budgeted", "namespace": "Fuzz.Specs", "input": [1, 8, 8],
          "layers": [
            { "conv2d": 4, "kernel_size": 3, "name": "stem" }, { "relu": {}, "name": "act" }, "flatten", { "dropout": 0.5 },
            { "linear": 10, "name": "head" }
          ],
          "training": { "loss": "cross_entropy", "optimizer": "sgd", "learning_rate": 0.1, "batch_size": 8, "epochs": 2 },
          "data": { "image_folder": { "train_images": 1000 } },
          "budget": { "parameters": 30000, "multiply_adds": 1000000 }
        }
        """;

    public static IReadOnlyList<string> Json { get; } =
    [
        SeedSpecs.Json.Text,
        Budgeted,
        ParityTests.JsonOfTraining.Text,
        .. ParityTests.Layers.Select(network => $"{{ \"input\": {network.Input}, \"layers\": [{network.Json}] }}"),
    ];

    /// <summary>What stands between the brackets of the attributes.</summary>
    public static IReadOnlyList<string> Attributes { get; } =
    [
        .. ParityTests.Layers.Select(network => $"{LayerInput.Attribute(network.Input)}, {network.Attributes}"),
        "Input(1, 8, 8), Conv2d(4, 3, Name = \"stem\"), ReLU, Flatten, Dropout(0.5), Linear(10), " +
        "Training(Loss.CrossEntropy, Optimizer.Sgd), ImageFolder, Budget(Parameters = 30000)",
    ];
}
