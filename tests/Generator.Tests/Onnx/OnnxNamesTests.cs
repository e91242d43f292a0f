using System.Reflection;
using ModelGen.Torch;

namespace ModelGen.Tests.Onnx;

/// <summary>Inputs and outputs have the spec's names, whatever gives their values.</summary>
[Collection("Torch")]
public sealed class OnnxNamesTests : IDisposable
{
    private static readonly Dictionary<string, (string Json, string[] Inputs, string[] Outputs)> Networks = new(StringComparer.Ordinal)
    {
        ["Several"] = (
            """
            {
              "compile": { "onnx": true },
              "inputs": { "image": [3, 12, 12], "words": { "shape": [6], "type": "int64" } },
              "layers": [
                { "conv2d": 4, "kernel_size": 3, "from": "image" }, "relu", "flatten", { "linear": 8, "name": "seen" },
                { "embedding": 10, "embedding_dim": 4, "from": "words" }, "flatten", { "linear": 8, "name": "read" },
                { "concat": "seen" }, "relu", { "linear": 3, "name": "scores" }, { "linear": 1, "from": "seen", "name": "quality" }
              ],
              "outputs": ["scores", "quality"]
            }
            """, ["image", "words"], ["scores", "quality"]),
        ["Block"] = (
            """
            {
              "compile": { "onnx": true }, "input": [2, 8, 8], "blocks": { "Cell": { "layers": [{ "conv2d": 2, "kernel_size": 3, "padding": 1 }, "batch_norm2d", "relu"] } },
              "layers": [{ "Cell": {}, "repeat": 2, "name": "body" }]
            }
            """, ["input"], ["body"]),
        ["Alias"] = ("""{ "compile": { "onnx": true }, "input": [4], "layers": [{ "linear": 3 }, { "drop_path": 0.5 }] }""", ["input"], ["drop_path1"]),
        ["Token"] = ("""{ "compile": { "onnx": true }, "input": [4, 6], "layers": [{ "linear": 6 }, "class_token"] }""", ["input"], ["class_token1/output"]),
        ["Twice"] = ("""{ "compile": { "onnx": true }, "input": [4], "layers": [{ "linear": 3 }, { "alpha_dropout": 0.5 }, "tanh"], "outputs": ["dropout1", "fc1", "tanh1"] }""", ["input"], ["dropout1", "fc1", "tanh1"]),
    };

    private static readonly Lazy<Assembly> Compilation = new(() => Compiled.From([.. Networks.Select(network => ($"{network.Key}.model.json", network.Value.Json))]).Load());

    private readonly TempFolder _folder = new();

    public OnnxNamesTests() => LibTorch.EnsureLoaded();

    public static TheoryData<string> Names { get; } = [.. Networks.Keys];

    public void Dispose() => _folder.Dispose();

    [Theory, MemberData(nameof(Names))]
    public void They_are_the_specs(string name)
    {
        using var network = new OnnxNetwork(Compilation.Value.GetType("Demo." + name)!, _folder["network.onnx"]);

        Assert.Equal(Networks[name].Inputs, network.Session.InputNames);
        Assert.Equal(Networks[name].Outputs, network.Session.OutputNames);
        network.AssertAgrees(batch: 2, 1e-5);
    }
}
