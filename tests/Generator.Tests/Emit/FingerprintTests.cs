using System.Text.RegularExpressions;

namespace ModelGen.Tests.Emit;

/// <summary>A run goes on as what it was: the line of a program that says which network it is differs where its layers, or what it gives of them, differ.</summary>
public sealed partial class FingerprintTests
{
    private const string Layers = """[{ "linear": 4, "name": "a" }, "relu", { "linear": 4, "name": "b" }]""";

    [Theory]
    [InlineData(Layers, """["relu1"]""")]
    [InlineData("""[{ "linear": 4, "name": "a" }, "tanh", { "linear": 4, "name": "b" }]""", """["b"]""")]
    [InlineData("""[{ "linear": 4, "name": "a", "bias": false }, "relu", { "linear": 4, "name": "b" }]""", """["b"]""")]
    [InlineData("""[{ "linear": 4, "name": "a" }, "relu", { "linear": 4, "name": "b", "from": "a" }]""", """["b"]""")]
    public void Another_network_has_another(string layers, string outputs) => Assert.NotEqual(Of(Layers, """["b"]"""), Of(layers, outputs));

    [Fact]
    public void The_last_layer_is_given_whether_one_says_so_or_not() => Assert.Equal(Of(Layers, """["b"]"""), Of(Layers, null));

    private static string Of(string layers, string? outputs)
    {
        var given = outputs is null ? "" : $", \"outputs\": {outputs}";
        var spec = $$"""{ "input": [4], "layers": {{layers}}{{given}}, "training": { "loss": "mse", "optimizer": "sgd" }, "data": { "csv": { "targets": ["p", "q", "r", "s"] } } }""";
        return LayersLine().Match(Compiled.From(("Net.model.json", spec)).AssertNoErrors().Files["Demo.Net.Program.g.cs"]).Value;
    }

    [GeneratedRegex("layers [0-9a-f]{16}")]
    private static partial Regex LayersLine();
}
