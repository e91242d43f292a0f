using System.Text.Json;
using ModelGen.Layers;
using ModelGen.Tests.Layers;
using ModelGen.Tests.Specs;
using ModelGen.Torch;

namespace ModelGen.Tests.CSharp;

/// <summary>Every layer that has a kernel gives what TorchSharp gives.</summary>
[Collection("Torch")]
public sealed class ForwardTests
{
    private static readonly IReadOnlyList<TwinSpec> Specs = [.. All().Select((json, i) => new TwinSpec($"Net{i}", json))];

    private static readonly BothBackends Networks = new(Specs);

    public static IEnumerable<object[]> Cases { get; } = [.. Specs.Where(spec => spec.HasKernels).Select(spec => new object[] { spec.Name, spec.Json })];

    public ForwardTests() => LibTorch.EnsureLoaded();

    [Theory, MemberData(nameof(Cases))]
    public void The_output_is_TorchSharps(string name, string json)
    {
        Assert.NotEmpty(json);
        using var scope = TorchSharp.torch.NewDisposeScope();
        using var twins = Networks.Create(name, seed: 1);
        using var input = twins.Input(batch: 3, seed: 2);

        Closeness.AssertOutput(twins.Expected(input), twins.Actual(input), 1e-5);
    }

    /// <summary>What the backend can't compute yet, layer by layer: one that gets its kernel leaves this list.</summary>
    [Fact]
    public void These_have_no_kernel() => Repository.AssertDerived(
        "tests/Generator.Tests/Snapshots/WithoutKernel.verified.txt",
        string.Concat(Specs.Where(spec => spec.Graph.Flat.Layers.Count == 1 && !spec.HasKernels).Select(spec => spec.Json.ReplaceLineEndings(" ") + "\n")));

    // Each layer with its required settings, chains that set all others, and each layer of those alone, where it can stand alone.
    private static IEnumerable<string> All() => LayerCatalogue.Layers.Where(kind => kind.HasAttribute).Select(kind => Json(LayerInput.Json(kind.ExampleInput), LayerJson.Example(kind)))
        .Concat(ParityTests.Layers.SelectMany(network => Alone(network.Input, network.Json).Append(Json(network.Input, network.Json)))).Distinct()
        // A batch norm behind a flattened image of one channel has other channels than the convolution before it.
        .Append(Json("[1, 4, 4]", """{ "conv2d": 1, "kernel_size": 1 }, "flatten", "batch_norm1d", { "linear": 3 }"""));

    private static IEnumerable<string> Alone(string input, string layers)
    {
        using var items = JsonDocument.Parse($"[{layers}]");
        var nodes = new TwinSpec("Net", Json(input, layers)).Graph.Flat.Layers;
        if (items.RootElement.GetArrayLength() != nodes.Count)
            return [];
        return [.. items.RootElement.EnumerateArray().Select(item => item.GetRawText()).Zip(nodes)
            .Where(pair => pair.Second.Sources.Count == 1 && !pair.First.Contains("\"from\"", StringComparison.Ordinal))
            .Select(pair => Json(LayerInput.Json(pair.Second.Node.Input), pair.First))];
    }

    private static string Json(string input, string layers) => $$"""{ "input": {{input}}, "layers": [{{layers.Trim()}}] }""";
}
