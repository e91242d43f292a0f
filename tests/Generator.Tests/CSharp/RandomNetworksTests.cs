using CsCheck;
using ModelGen.Torch;
using static TorchSharp.torch;

namespace ModelGen.Tests.CSharp;

/// <summary>Networks that nobody thought of: whatever stands behind whatever, a step gives TorchSharp's gradients, and the workspace its output.</summary>
[Collection("Torch")]
public sealed class RandomNetworksTests
{
    // In float32 a chance network loses more digits than one that somebody would train: of 1,000 such networks the worst was off by 1e-4 of a gradient. A
    // wrong gradient is off by a hundredth at least.
    private const double Tolerance = 1e-3;

    // All keep [N, 4, 8, 8], so that each can stand behind each, and take what the stem gave.
    private static readonly string[] Layers =
    [
        """{ "conv2d": 4, "kernel_size": 3, "padding": "same" }""",
        """{ "conv2d": 4, "kernel_size": 3, "padding": 1, "bias": false, "groups": 2 }""",
        """{ "conv2d": 4, "kernel_size": 5, "padding": 4, "dilation": 2 }""",
        """{ "depthwise_conv2d": 3, "padding": 2, "dilation": 2 }""",
        """{ "conv2d": 6, "kernel_size": 2, "stride": 2 }, { "conv_transpose2d": 4, "kernel_size": 2, "stride": 2 }""",
        "\"batch_norm2d\"",
        """{ "batch_norm2d": {}, "affine": false, "eps": 0.01 }, "relu" """,
        """ "batch_norm2d", { "max_pool2d": 2 }, { "upsample": 2 }""",
        """{ "group_norm": 2 }""",
        "\"relu\"",
        """{ "leaky_relu": 0.1 }""",
        "\"tanh\"",
        "\"gelu\"",
        "\"prelu\"",
        """{ "max_pool2d": 3, "stride": 1, "padding": 1 }""",
        """{ "avg_pool2d": 3, "stride": 1, "padding": 1, "count_include_pad": false }""",
        """{ "squeeze_excite": 2 }""",
        """{ "residual": [{ "conv2d": 4, "kernel_size": 1 }, "batch_norm2d"] }""",
        """{ "branches": [["relu", { "max_pool2d": 3, "stride": 1, "padding": 1 }], [{ "conv2d": 4, "kernel_size": 1 }]], "merge": "mul" }""",
        """{ "branches": [[{ "conv2d": 3, "kernel_size": 1 }, "sigmoid"], []] }, { "conv2d": 4, "kernel_size": 1 }""",
        """{ "sequence": ["flatten", { "linear": 12 }] }, "silu", { "sequence": [{ "linear": 256 }, { "unflatten": 1, "sizes": [4, 8, 8] }] }""",
        """{ "add": "stem" }""",
        """{ "concat": "stem" }, { "conv2d": 4, "kernel_size": 1 }""",
    ];

    private static readonly Gen<string> Spec = Gen.Int[0, Layers.Length - 1].Array[2, 6].Select(layers => $$"""
        {
          "input": [3, 8, 8],
          "layers": [{ "conv2d": 4, "kernel_size": 3, "padding": 1, "name": "stem" }, {{string.Concat(layers.Select(layer => Layers[layer] + ", "))}}"flatten", { "linear": 3 }],
          "training": { "loss": "cross_entropy", "optimizer": "sgd" }, "data": { "image_folder": {} }
        }
        """);

    // Many in one compilation: each alone would cost as much.
    [Fact]
    public void Chance_makes_no_difference()
    {
        LibTorch.EnsureLoaded();
        Spec.Array[16].Sample(AssertSame, iter: 1, threads: 1);
    }

    private static void AssertSame(string[] specs)
    {
        TwinSpec[] networks = [.. specs.Select((json, i) => new TwinSpec($"Net{i}", json))];
        Assert.All(networks, network => Assert.Empty(network.Missing));
        var compiled = new BothBackends(networks);
        foreach (var network in networks)
        {
            try
            {
                GradientRun.AssertSame(seed => compiled.Create(network.Name, seed), (output, right) => nn.functional.cross_entropy(output, right), batchSize: 4, batches: 1, workers: 2, Tolerance);
                using var scope = NewDisposeScope();
                using var twins = compiled.Create(network.Name, seed: 1);
                var input = twins.Input(batch: 2, seed: 2);
                Closeness.AssertOutput(twins.Expected(input), twins.Actual(input), Tolerance);
            }
            catch (Exception error)
            {
                throw new InvalidOperationException($"{network.Json} is computed otherwise.", error);
            }
        }
    }
}
