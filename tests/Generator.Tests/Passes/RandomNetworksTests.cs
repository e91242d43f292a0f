using CsCheck;
using ModelGen.Torch;

namespace ModelGen.Tests.Passes;

/// <summary>Networks that nobody thought of: whatever stands behind whatever, the passes change no number.</summary>
[Collection("Torch")]
public sealed class RandomNetworksTests
{
    // All keep [N, 4, 8, 8], so that each can stand behind each, and take what the stem gave; what stood before is then nobody's.
    private static readonly string[] Layers =
    [
        """{ "conv2d": 4, "kernel_size": 3, "padding": "same" }""",
        """{ "conv2d": 4, "kernel_size": 3, "padding": 1, "bias": false, "groups": 2 }""",
        """{ "conv2d": 4, "kernel_size": 3, "padding": 1, "padding_mode": "reflect" }""",
        """{ "depthwise_conv2d": 3, "padding": 2, "dilation": 2 }""",
        """{ "conv_transpose2d": 4, "kernel_size": 3, "padding": 1 }""",
        "\"batch_norm2d\"",
        """{ "batch_norm2d": {}, "affine": false, "eps": 0.01 }""",
        """{ "batch_norm2d": {}, "track_running_stats": false }""",
        "\"relu\"",
        """{ "leaky_relu": 0.1 }""",
        "\"tanh\"",
        "\"gelu\"",
        "\"prelu\"",
        """{ "max_pool2d": 3, "stride": 1, "padding": 1 }""",
        """{ "max_pool2d": 2, "stride": 1, "name": "NAME" }, { "pad": [0, 1, 0, 1] }""",
        """{ "max_pool2d": 2 }, { "upsample": 2 }""",
        """{ "avg_pool2d": 2 }, { "conv_transpose2d": 4, "kernel_size": 2, "stride": 2 }""",
        """{ "avg_pool2d": 3, "stride": 1, "padding": 1 }""",
        """{ "residual": [{ "conv2d": 4, "kernel_size": 1 }, "batch_norm2d"] }""",
        """{ "branches": [["relu", { "max_pool2d": 3, "stride": 1, "padding": 1 }], [{ "conv2d": 4, "kernel_size": 1 }]], "merge": "add" }""",
        """{ "sequence": [{ "conv2d": 4, "kernel_size": 1 }, "batch_norm2d", "relu"] }""",
        """{ "sequence": [{ "conv2d": 2, "kernel_size": 3 }, "flatten", { "linear": 6 }] }, { "sequence": [{ "linear": 64 }, { "unflatten": 1, "sizes": [1, 8, 8] }, { "conv2d": 4, "kernel_size": 1 }] }""",
        """{ "sequence": ["flatten", { "linear": 12 }] }, "tanh", { "sequence": [{ "linear": 256 }, { "unflatten": 1, "sizes": [4, 8, 8] }, "relu", { "conv2d": 4, "kernel_size": 1 }] }""",
        """{ "tanh": {}, "from": "stem" }""",
        """{ "add": "stem" }""",
    ];

    private static readonly string[] Outputs = ["", "\"stem\", ", "\"middle\", "];

    // What stands in the middle may be an output beside the last layer's.
    private static readonly Gen<string> Spec = Gen.Select(Gen.Int[1, 3], Gen.Int[0, Layers.Length - 1].Array[2, 9], Gen.Int[0, Layers.Length - 1].Array[0, 3], Gen.Int[0, Outputs.Length - 1])
        .Select((channels, before, behind, output) => $$"""
            { "input": [{{channels}}, 8, 8], "outputs": [{{Outputs[output]}}"scores"], "layers": [{ "conv2d": 4, "kernel_size": 3, "padding": 1, "name": "stem" },
              {{Listed(before, "before")}}{ "relu": {}, "name": "middle" }, {{Listed(behind, "behind")}}"flatten", { "linear": 3, "name": "scores" }] }
            """);

    // Many in one compilation: each alone would cost as much.
    [Fact]
    public void The_optimised_form_computes_what_the_plain_one_does()
    {
        LibTorch.Configure(1, 1);
        Spec.Array[60].Sample(AssertSame, iter: 1, threads: 1);
    }

    private static string Listed(int[] layers, string name) =>
        string.Concat(layers.Select((layer, i) => Layers[layer].Replace("NAME", $"{name}{i}", StringComparison.Ordinal) + ", "));

    private static void AssertSame(string[] specs)
    {
        var networks = specs.Select((spec, i) => KeyValuePair.Create($"Net{i}", spec)).ToDictionary();
        var (plain, optimized) = (Form.Plain(networks), Form.Optimized(networks));
        foreach (var network in optimized.Rewritten)
        {
            using var one = plain.Create(network);
            using var other = optimized.Create(network, one);
            try
            {
                RunComparison.AssertSame(NetworkRun.Of(one), other);
            }
            catch (Exception error)
            {
                throw new InvalidOperationException($"{networks[network]} is computed otherwise.", error);
            }
        }
    }
}
