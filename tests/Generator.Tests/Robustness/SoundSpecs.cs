using ModelGen.Tests.Layers;
using ModelGen.Tests.Specs;
using ModelGen.Tests.Training;

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
          "budget": { "parameters": 30000, "multiply_adds": 1000000 }, "compile": { "optimize": false }
        }
        """;

    private const string Graph = """
        {
          "inputs": { "image": [4, 8, 8], "tokens": { "shape": [5], "type": "int64" }, "mask": { "shape": [1, 8, 8], "type": "float32" } },
          "blocks": {
            "Cell": {
              "parameters": ["width", { "stride": 1 }, { "drop": 0.1 }, { "is_wide": false }, { "kernel": [3, "2 + 1"] }],
              "layers": [
                { "conv2d": "width / 2 * 2", "kernel_size": 1, "when": "is_wide and not (width <= 4 or width % 3 != 0)", "name": "expand" },
                { "residual": [
                    { "conv2d": "width", "kernel_size": "kernel", "stride": ["stride", "stride"], "padding": 1, "bias": "width != in_channels" }, "batch_norm2d", "relu"
                  ], "shortcut": "projection", "drop_path": "drop * (stride + 1) / 10.0", "name": "sum" },
                { "sequence": ["tanh", { "residual": ["relu"], "shortcut": "same_shape" }], "when": "stride == 1" }
              ]
            },
            "Gate": { "inputs": ["x", "gate"], "numbered": true, "layers": [{ "mul": "gate" }, { "branches": [["sigmoid"], [], [{ "conv2d": 2, "kernel_size": 1 }]] }] },
            "Stage": { "parameters": ["n"], "layers": [{ "Cell": "4 * n", "repeat": "n", "when": "n > 1" }, { "relu": {}, "name": "end" }] }
          },
          "layers": [
            { "Cell": "4 + 2 * index", "repeat": 2, "first": { "width": 6, "stride": 2, "is_wide": true }, "name": "cells", "names": "cell{1}" },
            { "upsample": 2 }, { "Gate": {}, "with": "mask", "name": "gated" }, { "Stage": 1 }, { "Stage": 2, "from": "gated", "name": "second" },
            { "branches": [["relu"], [{ "sequence": ["tanh"], "name": "side" }]], "merge": "add", "name": "both" },
            { "residual": [{ "conv2d": 8, "kernel_size": 3, "padding": 1 }], "shortcut": [{ "conv2d": 8, "kernel_size": 1 }] },
            { "embedding": 100, "embedding_dim": 16, "from": "tokens", "name": "words" },
            { "custom": "Fuzz.Scale", "arguments": [2, 0.5, true, "x"], "output": [8], "from": "both" }, { "add": "input", "from": "input" }
          ],
          "outputs": ["words", "both", "stage1", "custom1", "add2", "add3"]
        }
        """;

    private const string SmallGraph = """
        {
          "input": [4],
          "blocks": {
            "Cell": { "parameters": ["n", { "there": true }], "layers": [{ "linear": "n", "bias": "there" }, { "relu": {}, "when": "there" }, { "residual": ["tanh"], "name": "sum" }] },
            "Pair": { "inputs": ["input", "other"], "layers": [{ "Cell": "in_channels", "there": false }, { "add": "other" }] }
          },
          "layers": [{ "Cell": 4, "repeat": 3 }, { "Cell": "4", "repeat": 2, "name": "list" }, { "Pair": {}, "with": "cell1" }, { "sequence": ["relu", { "linear": 3 }] }]
        }
        """;

    /// <summary>Specs with blocks and structures: in all layers' company they would come up too seldom.</summary>
    public static IReadOnlyList<string> Graphs { get; } = [Graph, SmallGraph];

    public static IReadOnlyList<string> Json { get; } =
    [
        SeedSpecs.Json.Text,
        Budgeted,
        .. Graphs,
        ParityTests.JsonOfTraining.Text,
        ParityTests.JsonOf(RecipeSpecs.All[1].Json),
        ParityTests.JsonOf(RecipeSpecs.All[4].Json),
        .. ParityTests.Layers.Select(network => $"{{ \"input\": {network.Input}, \"layers\": [{network.Json}] }}"),
    ];

    /// <summary>The classes of the blocks that the attributes use, and a module.</summary>
    public const string Blocks = "[Block, Conv2d(4, 3, Padding = 1), ReLU] internal sealed class Cell; [Block(Numbered = true), Use<Cell>, Residual<Cell>, Tanh] internal sealed class Stage;" +
        "internal sealed class Scaled(int a, double b, bool c, string d) : TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>($\"{a}{b}{c}{d}\")" +
        "{ public override TorchSharp.torch.Tensor forward(TorchSharp.torch.Tensor input) => input; }";

    /// <summary>What stands between the brackets of the attributes.</summary>
    public static IReadOnlyList<string> Attributes { get; } =
    [
        .. ParityTests.Layers.Select(network => $"{LayerInput.Attribute(network.Input)}, {network.Attributes}"),
        "Input(1, 8, 8), Conv2d(4, 3, Name = \"stem\"), ReLU, Flatten, Dropout(0.5), Linear(10), " +
        "Training(Loss.CrossEntropy, Optimizer.Sgd), ImageFolder, Budget(Parameters = 30000), Compile(Optimize = false)",
        $"Input(3, 8, 8), Flatten, Linear(2), Training({RecipeSpecs.All[1].Attributes}), ImageFolder",
        "Input(\"image\", 4, 8, 8), Input(\"tokens\", 5, Type = InputType.Int64), Outputs(\"stages\", \"words\", \"scaled\"), Use<Cell>, " +
        "Residual<Cell>(Shortcut = \"same_shape\", Name = \"sum\"), Use<Stage>(Repeat = 2, Name = \"stages\"), " +
        "Layer<Scaled>(2, 0.5, true, \"x\", Output = [4], From = \"sum\", Name = \"scaled\"), Embedding(100, 16, From = \"tokens\", Name = \"words\")",
    ];
}
