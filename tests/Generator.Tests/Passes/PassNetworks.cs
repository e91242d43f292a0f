using System.Globalization;
using System.Text.RegularExpressions;
using ModelGen.Graph.Passes;
using ModelGen.Tests.Zoo;

namespace ModelGen.Tests.Passes;

/// <summary>
/// The networks on which forms are compared: the seed's, the zoo with an eighth of its channels and without the longest, and one that uses
/// what they don't.
/// </summary>
internal static partial class PassNetworks
{
    public const string Seed = "Seed";

    private const string SeedSpec = """
        {
          "input": [3, 12, 12],
          "layers": [
            { "conv2d": 16, "kernel_size": 5, "padding": 2 }, "batch_norm2d", "relu", { "max_pool2d": 2 },
            { "conv2d": 32, "kernel_size": 5, "padding": 2 }, "batch_norm2d", "relu", { "max_pool2d": 2 },
            "flatten", { "linear": 10 }, "log_softmax"
          ]
        }
        """;

    // One channel, a layer that nobody takes, settings that are seldom, and a block whose uses differ.
    private const string MixedSpec = """
        {
          "input": [1, 16, 16],
          "blocks": {
            "Cell": {
              "parameters": ["channels", { "kernel": 3 }, { "bias": true }, { "pools": true }],
              "layers": [
                { "conv2d": "channels", "kernel_size": "kernel", "padding": "same", "dilation": 2, "bias": "bias" }, { "batch_norm2d": {}, "affine": "bias", "momentum": 0.3 },
                { "leaky_relu": 0.2 }, { "max_pool2d": 3, "padding": 1, "stride": 1, "when": "pools" }, "sigmoid", { "max_pool2d": [2, 1], "ceil_mode": true }
              ]
            }
          },
          "layers": [
            { "conv2d": 4, "kernel_size": 3, "padding": [1, 2], "stride": [1, 2] }, { "batch_norm2d": {}, "eps": 0.1, "name": "first" }, { "softplus": {}, "from": "conv1" },
            { "tanh": {}, "from": "first" }, { "Cell": 6 }, { "Cell": 4, "kernel": 5, "bias": false, "pools": false },
            { "conv2d": 8, "kernel_size": 1, "groups": 2 }, "batch_norm2d", "prelu", { "max_pool2d": 2 }, "flatten", { "linear": 5 }
          ]
        }
        """;

    public static IReadOnlyDictionary<string, string> Specs { get; } = new Dictionary<string, string>(
        ZooNetwork.All.Where(network => network.Name is not ("ResNet152" or "Vgg16" or "Vgg16Bn")).Select(network => KeyValuePair.Create(network.Name, Narrow(network.Spec))))
    { [Seed] = SeedSpec, ["Mixed"] = MixedSpec };

    public static Form Plain { get; } = Form.Plain(Specs);

    public static Form Optimized { get; } = Form.Optimized(Specs);

    /// <summary>The forms that must compute what the plain one does: each pass on a choice of the networks, and all together.</summary>
    public static IReadOnlyList<Form> Forms { get; } = [.. Pass.All.Select(pass => Form.With(pass, Chosen)), Optimized];

    public static Form Named(string form) => Forms.Single(one => one.Name == form);

    private static Dictionary<string, string> Chosen =>
        ((string[])[Seed, "Mixed", "LeNet5", "AlexNet", "Vgg11Bn", "ResNet18", "MobileNetV2", "UNet", "DenseNet121"]).ToDictionary(name => name, name => Specs[name]);

    // Images of 224 or 256 become ones of 64, on which the last maps still have a few values: a batch norm of fewer gives little but signs.
    private static string Narrow(string spec) => Sizes().Replace(spec.Replace("196", "128", StringComparison.Ordinal), size => Eighth(int.Parse(size.Value, CultureInfo.InvariantCulture)))
        .Replace("[3, 28, 28]", "[3, 64, 64]", StringComparison.Ordinal).Replace("[3, 32, 32]", "[3, 64, 64]", StringComparison.Ordinal)
        .Replace(" / 8 * 8", "", StringComparison.Ordinal);

    private static string Eighth(int size) => (size < 64 ? size : size / 8).ToString(CultureInfo.InvariantCulture);

    [GeneratedRegex(@"(?<![\w.])[0-9]+(?![\w.])")]
    private static partial Regex Sizes();
}
