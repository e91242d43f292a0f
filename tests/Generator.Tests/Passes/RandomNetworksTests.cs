using CsCheck;
using ModelGen.Torch;

namespace ModelGen.Tests.Passes;

/// <summary>Networks that nobody thought of: whatever stands behind whatever, the passes change no number.</summary>
[Collection("Torch")]
public sealed class RandomNetworksTests
{
    private const double Tolerance = 1e-9;

    // All keep [N, 4, 8, 8], so that each can stand behind each, and take what the stem gave; what stood before is then nobody's.
    private static readonly string[] Layers =
    [
        """{ "conv2d": 4, "kernel_size": 3, "padding": "same" }""",
        """{ "conv2d": 4, "kernel_size": 3, "padding": 1, "bias": false, "groups": 2 }""",
        """{ "conv2d": 4, "kernel_size": 3, "padding": 1, "padding_mode": "reflect" }""",
        """{ "depthwise_conv2d": 3, "padding": 2, "dilation": 2 }""",
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
        """{ "avg_pool2d": 3, "stride": 1, "padding": 1 }""",
        """{ "residual": [{ "conv2d": 4, "kernel_size": 1 }, "batch_norm2d"] }""",
        """{ "branches": [["relu", { "max_pool2d": 3, "stride": 1, "padding": 1 }], [{ "conv2d": 4, "kernel_size": 1 }]], "merge": "add" }""",
        """{ "tanh": {}, "from": "stem" }""",
        """{ "add": "stem" }""",
    ];

    private static readonly Gen<string> Spec = Gen.Select(Gen.Int[1, 3], Gen.Int[0, Layers.Length - 1].Array[2, 9]).Select((channels, layers) => $$"""
        { "input": [{{channels}}, 8, 8], "layers": [{ "conv2d": 4, "kernel_size": 3, "padding": 1, "name": "stem" },
          {{string.Join(", ", layers.Select((layer, i) => Layers[layer].Replace("NAME", $"shifted{i}", StringComparison.Ordinal)))}}, "flatten", { "linear": 3 }] }
        """);

    // Many in one compilation: each alone would cost as much.
    [Fact]
    public void The_optimised_form_computes_what_the_plain_one_does()
    {
        LibTorch.Configure(1, 1);
        Spec.Array[40].Sample(AssertSame, iter: 1, threads: 1);
    }

    private static void AssertSame(string[] specs)
    {
        var networks = specs.Select((spec, i) => KeyValuePair.Create($"Net{i}", spec)).ToDictionary();
        var (plain, optimized) = (Form.Plain(networks), Form.Optimized(networks));
        foreach (var network in optimized.Rewritten)
        {
            using var one = plain.Create(network);
            using var other = optimized.Create(network, one);
            var (expected, actual) = (NetworkRun.Of(one), NetworkRun.Of(other));
            var largest = expected.Values.SelectMany(values => values).Max(Math.Abs);
            foreach (var (name, values) in actual)
                Assert.True(values.Zip(expected[name]).All(pair => Math.Abs(pair.First - pair.Second) <= Tolerance * largest), $"{name} of {networks[network]} differs.");
        }
    }
}
