using System.Reflection;
using ModelGen.Layers;
using ModelGen.Tests.Layers;
using ModelGen.Tests.Specs;
using ModelGen.Torch;
using TorchSharp;
using static TorchSharp.torch;

namespace ModelGen.Tests.Emit;

/// <summary>Every layer of the catalogue, as emitted code that runs: its output has the promised shape, its parameters the promised number.</summary>
[Collection("Torch")]
public sealed class EmittedLayersTests
{
    // One compilation for all networks: each alone would cost as much.
    private static readonly Lazy<Assembly> Networks = new(Compile);

    public static TheoryData<string> Names { get; } = [.. Specs().Select(spec => spec.Name)];

    [Theory, MemberData(nameof(Names))]
    public void Runs_as_promised(string name)
    {
        LibTorch.EnsureLoaded();
        var type = Networks.Value.GetType("Demo." + name)!;
        var spec = Specs().Single(spec => spec.Name == name).Json;
        var (input, output) = ((long[], long[]))Networks.Value.GetType("Demo.Shapes")!.GetMethod(name)!.Invoke(null, null)!;
        using var model = (nn.Module<Tensor, Tensor>)Activator.CreateInstance(type)!;
        using var scope = NewDisposeScope();

        Assert.Equal(type.GetField("ParameterCount")!.GetRawConstantValue(), model.parameters().Sum(parameter => parameter.numel()));
        // TorchSharp would register a layer's own fields once more, by their names.
        Assert.Distinct(ModuleState.Tensors(model).Select(item => item.Tensor), ReferenceEqualityComparer.Instance);
        foreach (var training in new[] { true, false })
        {
            model.train(training);
            Assert.Equal([2, .. output], model.call(LayerInput.IsIndices(spec) ? ones([2, .. input], ScalarType.Int64) : rand([2, .. input])).shape);
        }
    }

    // A layer that keeps a parameter's tensor of before a move computes with one and trains another.
    [Theory, MemberData(nameof(Names))]
    public void Moves_with_all_its_parameters(string name)
    {
        LibTorch.EnsureLoaded();
        using var model = (nn.Module<Tensor, Tensor>)Activator.CreateInstance(Networks.Value.GetType("Demo." + name)!)!;

        model.to(float64);

        Assert.All(model.parameters(), parameter => Assert.Equal(float64, parameter.dtype));
    }

    /// <summary>Networks of each layer alone with what it needs, and those that set all other settings.</summary>
    internal static IEnumerable<(string Name, string Json)> Specs()
    {
        foreach (var kind in LayerCatalogue.Layers.Where(kind => kind.HasAttribute))
            yield return (kind.AttributeName + "Net", $$"""{ "input": {{LayerInput.Json(kind.ExampleInput)}}, "layers": [{{LayerJson.Example(kind)}}] }""");
        foreach (var (network, number) in ParityTests.Layers.Select((network, number) => (network, number)))
            yield return ($"Parity{number}", $$"""{ "input": {{network.Input}}, "layers": [{{network.Json}}] }""");
    }

    private static Assembly Compile()
    {
        var specs = Specs().ToArray();
        var shapes = specs.Select(spec => $"    /// <summary>Input and output.</summary>\n    public static (long[], long[]) {spec.Name}() => (Demo.{spec.Name}.InputShape.ToArray(), Demo.{spec.Name}.OutputShape.ToArray());");
        return Compiled.From(
        [
            .. specs.Select(spec => ($"{spec.Name}.model.json", spec.Json)),
            ("Shapes.cs", $"namespace Demo;\n/// <summary>The promised shapes.</summary>\npublic static class Shapes\n{{\n{string.Join("\n", shapes)}\n}}\n"),
        ]).Load();
    }
}
