using System.Globalization;
using Microsoft.CodeAnalysis;
using ModelGen.Emit;
using ModelGen.Graph;
using ModelGen.Specs;

namespace ModelGen.Tests.Robustness;

/// <summary>Graphs that no one draws but a file may hold: each becomes code that compiles, or one mistake, for work that its length explains.</summary>
public sealed class GraphInputTests
{
    private const long MostBytes = 500 << 20;

    [Theory]
    [InlineData("""{ "inputs": { "Fc1": [4], "Drop1": [4] }, "layers": [{ "linear": 4 }, { "dropout": 0.5 }, { "add": "Drop1" }] }""")]
    [InlineData("""{ "inputs": { "x": [4], "x_": [4] }, "layers": [{ "linear": 4, "name": "X" }, { "add": "x_" }] }""")]
    [InlineData("""{ "inputs": { "forward": [4], "this": [4], "class": [4] }, "layers": [{ "linear": 4, "name": "params" }, { "add": ["this", "class"] }] }""")]
    [InlineData("""{ "input": [4], "blocks": { "Cell": { "inputs": ["Relu1", "Cell"], "layers": ["relu", { "add": "Cell" }] } }, "layers": [{ "Cell": {}, "with": "input" }] }""")]
    [InlineData("""{ "input": [4], "blocks": { "Tensor": { "layers": ["relu"] }, "String": { "layers": ["Tensor"] }, "System": { "layers": ["String"] }, "TorchSharp": { "layers": [] } }, "layers": ["System", "TorchSharp"] }""")]
    [InlineData("""{ "input": [4], "blocks": { "Cell": { "parameters": ["class", "Class", "base"], "layers": [{ "linear": "class" }, { "linear": "Class" }, { "linear": "base" }] } }, "layers": [{ "Cell": 3, "Class": 5, "base": 4 }, { "Cell": 5, "Class": 4, "base": 4 }, { "Cell": 6, "Class": 2, "base": 9 }] }""")]
    [InlineData("""{ "input": [4], "blocks": { "Cell": { "layers": [{ "linear": 4, "name": "params" }, { "linear": 4, "name": "inputs" }, { "linear": 4, "name": "forward" }] } }, "layers": ["Cell"] }""")]
    [InlineData("""{ "input": [4], "blocks": { "Cell": { "parameters": ["i"], "layers": [{ "Inner": "i", "repeat": 3, "name": "steps", "names": "step{1}" }] }, "Inner": { "parameters": ["c"], "layers": [{ "linear": "c" }] } }, "layers": [{ "Cell": 3 }, { "Cell": 4 }] }""")]
    [InlineData("""{ "input": [4], "blocks": { "Cell_2": { "layers": ["relu"] }, "Cell": { "parameters": ["c"], "layers": [{ "reshape": ["c", -1] }, "flatten"] } }, "layers": ["Cell_2", { "Cell": 2 }, { "Cell": 1 }] }""")]
    [InlineData("""{ "input": [4], "blocks": { "Cell": { "parameters": ["c"], "layers": ["relu"] }, "OtherLayers": { "layers": ["relu"] } }, "layers": [{ "Cell": "index", "repeat": 2, "name": "list", "names": "{2147478647}" }, { "sequence": ["tanh"], "name": "other" }, "OtherLayers"] }""")]
    [InlineData("""{ "inputs": { "image": [4], "deconstruct": [4] }, "outputs": ["input", "image", "relu1"], "layers": ["relu", { "add": "deconstruct" }] }""")]
    [InlineData("""{ "input": [4], "outputs": ["input"], "layers": [{ "relu": {}, "when": false }, { "branches": [[], []], "merge": "add" }] }""")]
    [InlineData("""{ "input": [4], "layers": [{ "relu": {}, "when": false }, { "sequence": ["relu"], "when": false }] }""")]
    [InlineData("""{ "input": [4, 4, 4], "layers": [{ "branches": [[], [], []], "merge": "mul" }, { "branches": [[{ "branches": [[], ["relu"]] }], []] }] }""")]
    public void Compiles(string json)
    {
        var compiled = Compiled.From(("Net.model.json", json)).AssertNoErrors();

        Assert.DoesNotContain(compiled.Diagnostics, diagnostic => diagnostic.DefaultSeverity == DiagnosticSeverity.Error);
    }

    [Fact]
    public void Many_layers_that_may_be_missing()
    {
        var layers = Items(100, """{ "relu": {}, "when": "there" }""");
        var file = Assert.Single(Compiled.From(("Net.model.json", $$"""
            { "input": [4], "blocks": { "Cell": { "parameters": ["there"], "layers": [{{layers}}] } }, "layers": [{ "Cell": true }, { "Cell": false }] }
            """)).AssertClean().Files.Values);

        Assert.All(file.Split('\n'), line => Assert.InRange(line.Length, 0, 200));
    }

    [Fact]
    public void A_custom_layer_of_a_class_named_by_words_of_csharp() => Compiled.From(
        ("Net.model.json", """{ "input": [4], "layers": [{ "custom": "Shop.@class.record", "arguments": [-9223372036854775808, "*/", true, 1e-300] }] }""".Replace("@", "", StringComparison.Ordinal)),
        ("Shop.cs", """
            namespace Shop.@class;
            #pragma warning disable CS1591
            public sealed class @record(long number, string text, bool flag, double real) : TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>(text)
            {
                public override TorchSharp.torch.Tensor forward(TorchSharp.torch.Tensor input) => input * (flag ? number : real);
            }
            """)).AssertNoErrors();

    [Theory]
    [InlineData("""{ "input": [4], "outputs": ["a", "a"], "layers": [{ "relu": {}, "name": "a" }] }""", "MG1006")]
    [InlineData("""{ "inputs": { "a_b": [4] }, "outputs": ["a_b", "aB"], "layers": [{ "relu": {}, "name": "aB" }] }""", "MG1006")]
    [InlineData("""{ "input": [4], "outputs": ["deconstruct", "relu2"], "layers": [{ "relu": {}, "name": "deconstruct" }, "relu"] }""", "MG1007")]
    [InlineData("""{ "input": [4], "outputs": ["relu1", "clone"], "layers": ["relu", { "relu": {}, "name": "clone" }] }""", "MG1007")]
    [InlineData("""{ "inputs": { "dispose": [4] }, "outputs": ["dispose", "relu1"], "layers": ["relu"] }""", "MG1007")]
    [InlineData("""{ "inputs": { "a": [4], "b": [4], "c": [4], "d": [4], "e": [4], "f": [4], "g": [4] }, "layers": [{ "add": ["b", "c", "d", "e", "f", "g"] }] }""", "MG1010")]
    [InlineData("""{ "input": [4], "inputs": { "a": [4] }, "layers": ["relu"] }""", "MG1006")]
    [InlineData("""{ "input": [4], "blocks": { "Cell": { "inputs": ["a", "b", "c", "d", "e", "f", "g"], "layers": ["relu"] } }, "layers": [{ "Cell": {}, "with": ["input", "input", "input", "input", "input", "input"] }] }""", "MG1010")]
    [InlineData("""{ "input": [2, 4, 5], "layers": [{ "adaptive_max_pool2d": 2147483647 }] }""", "MG2008")]
    [InlineData("""{ "input": [4], "blocks": { "Output": { "layers": ["relu"] } }, "layers": ["Output"] }""", "MG1007")]
    [InlineData("""{ "input": [4], "blocks": { "Diagram": { "layers": ["relu"] } }, "layers": ["Diagram"] }""", "MG1007")]
    [InlineData("""{ "input": [4], "blocks": { "Batch": { "layers": ["relu"] } }, "layers": ["relu"] }""", "MG1007")]
    [InlineData("""{ "input": [4], "blocks": { "Net": { "layers": ["relu"] } }, "layers": ["Net"] }""", "MG1007")]
    [InlineData("""{ "input": [4], "blocks": { "Cell": { "parameters": ["repeat"], "layers": ["relu"] } }, "layers": [{ "Cell": 2 }] }""", "MG1007")]
    [InlineData("""{ "input": [4], "blocks": { "Cell": { "parameters": ["index"], "layers": ["relu"] } }, "layers": [{ "Cell": 2 }] }""", "MG1007")]
    [InlineData("""{ "input": [4], "blocks": { "Cell": { "parameters": ["not"], "layers": ["relu"] } }, "layers": [{ "Cell": 2 }] }""", "MG1007")]
    [InlineData("""{ "name": "CellLayers", "input": [4], "layers": [{ "sequence": ["relu"], "name": "cell" }] }""", "MG1007")]
    [InlineData("""{ "input": [4], "layers": [{ "sequence": ["relu"], "name": "cell" }, { "relu": {}, "name": "cell_layers" }] }""", "MG1007")]
    [InlineData("""{ "input": [4], "layers": [{ "relu": {}, "name": "cell_layers" }, { "sequence": ["relu"], "name": "cell" }] }""", "MG1007")]
    [InlineData("""{ "input": [4], "layers": [{ "sequence": ["relu"], "name": "features" }, { "sequence": ["relu"], "name": "Features" }] }""", "MG1008")]
    [InlineData("""{ "input": [4], "blocks": { "Cell": { "parameters": ["c"], "layers": ["relu"] } }, "layers": [{ "Cell": "index / nothing", "repeat": 50 }] }""", "MG1021")]
    [InlineData("""{ "input": [4], "blocks": { "Cell": { "parameters": ["c"], "layers": ["relu"] } }, "layers": [{ "Cell": "1 / index", "repeat": 50, "name": "list" }] }""", "MG1021")]
    [InlineData("""{ "input": [4], "blocks": { "Cell": { "layers": [{ "linear": "2 * in_channels" }, { "Inner": "in_channels" }] }, "Inner": { "parameters": ["c"], "layers": [{ "linear": "c + 1" }, { "repeat": 2, "Cell2": {} }] }, "Cell2": { "layers": ["relu"] } }, "layers": ["rellu", "Cell"] }""", "MG1002")]
    [InlineData("""{ "input": [4], "blocks": { "Cell": { "layers": ["relu"] } }, "layers": [{ "Cell": {}, "repeat": 0 }] }""", "MG1015")]
    [InlineData("""{ "input": [4], "layers": [{ "add": "nowhere" }] }""", "MG1017")]
    public void One_mistake(string json, string rule)
    {
        var compiled = Compiled.From(("Net.model.json", json));

        Assert.Equal(rule, Assert.Single(compiled.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error)).Id);
        compiled.AssertNoErrors();
    }

    [Theory]
    [InlineData("2 == 2.0", true)]
    [InlineData("-7 / 2 == -3", true)]
    [InlineData("-7 % 2 == -1", true)]
    [InlineData("(0 - 9223372036854775807 - 1) % -1 == 0", true)]
    [InlineData("9007199254740993 == 9007199254740992", false)]
    [InlineData("[1", null)]
    [InlineData("(0 - 9223372036854775807 - 1) / -1 == 0", null)]
    [InlineData("9223372036854775807 + 1 > 0", null)]
    [InlineData("1 / (1 - 1) == 0", null)]
    public void An_expression_has_the_value_of_arithmetic_or_none(string text, bool? expected) =>
        Assert.Equal(expected, Expression.Evaluate(text, Bindings.None, out _)?.Flag);

    [Fact]
    public void A_structure_that_is_not_there_lets_its_input_through() => Assert.Equal(
        ["cell1.a(2)", "cell1.b(3)"],
        Keys("""
            { "input": [2], "blocks": { "Cell": { "parameters": ["there"], "layers": [
                { "linear": 3, "name": "x", "when": "there" },
                { "residual": [{ "linear": 3, "from": "x" }, { "sequence": ["relu"] }, { "Inner": {} }], "when": "there" },
                { "branches": [["relu"], [{ "linear": 7 }]], "when": "there" },
                { "Inner": {}, "repeat": 3, "name": "list", "when": "there" },
                { "linear": 3, "name": "a" }, { "linear": 3, "name": "b" }] }, "Inner": { "layers": ["relu"] } },
              "layers": [{ "Cell": false }] }
            """));

    [Fact]
    public void A_parameter_of_a_block_is_not_taken_for_one_that_a_layer_needs()
    {
        // conv1's numbers are no multiple of the parameter that has their parameter's name.
        var files = Compiled.From(("Net.model.json", """
            { "input": [4], "blocks": { "Cell": { "parameters": ["fc1_out_features"], "layers": [{ "linear": "100 - fc1_out_features" }, "relu", { "linear": "3 * fc1_out_features" }, "relu"] } },
              "layers": [{ "Cell": 7 }, { "Cell": 9 }] }
            """)).AssertClean().Files;

        Assert.Contains("3 * fc1OutFeatures2", Assert.Single(files.Values), StringComparison.Ordinal);
    }

    [Fact]
    public void A_projection_that_does_not_fit_has_no_place_for_a_fix()
    {
        for (var size = 3; size <= 12; size++)
        {
            for (var stride = 1; stride <= 4; stride++)
            {
                var json = $$"""{ "input": [4, {{size}}, {{size + 1}}], "layers": [{ "linear": 6 }, { "residual": [{ "conv2d": 4, "kernel_size": 3, "stride": {{stride}} }, { "batch_norm2d": {} }], "shortcut": "projection" }, "batch_norm2d", { "linear": 3 }] }""";
                var reading = JsonSpecReader.Read("Net.model.json", json, "Demo");

                Expect.PlacesInside(json, reading, [.. ModelChecker.Check(reading.Spec!).Findings]);
            }
        }
    }

    // Blocks of blocks that come to 2^30 layers, or to 5,000^30, or to none at all.
    public static TheoryData<string, string> Growing { get; } = new()
    {
        { "twice", Chain(30, next => $"\"{next}\", \"{next}\"", "\"relu\"") },
        { "twice nothing", Chain(30, next => $"\"{next}\", \"{next}\"", "") },
        { "5,000 times", Chain(30, next => $$"""{ "{{next}}": {}, "repeat": 5000 }""", "\"relu\"") },
        { "5,000 times nothing", Chain(30, next => $$"""{ "{{next}}": {}, "repeat": 5000 }""", "") },
        { "5,000 times nothing as lists", Chain(30, next => $$"""{ "{{next}}": {}, "repeat": 5000, "name": "list" }""", "") },
        { "5,000 times what is not there", Chain(30, next => $$"""{ "{{next}}": {}, "repeat": 5000, "when": false }""", "\"relu\"") },
        { "many lists of what is not there", Chain(2, next => Items(4_000, $$"""{ "{{next}}": {}, "repeat": 5000, "when": false }"""), "") },
        { "many lists of nothing", Chain(2, next => Items(4_000, $$"""{ "{{next}}": {}, "repeat": 5000 }"""), "") },
        { "in a circle", """{ "input": [4], "blocks": { "A": { "layers": ["B", "B"] }, "B": { "layers": ["A", "A"] } }, "layers": ["A", "B"] }""" },
        { "a mistake in each", Chain(12, next => $"\"{next}\", \"{next}\"", """{ "linear": 4, "in_features": 5 }, { "linear": 4, "in_features": 6 }, { "add": "nothing" }""") },
        { "lists in lists", Lists(30) },
        { "a name that is nowhere", $$"""{ "input": [4], "layers": [{{Items(5_000, """{ "tanh": {}, "from": "nowhere" }""")}}] }""" },
        { "names that are nowhere", $$"""{ "input": [4], "layers": [{{Items(2_000, "\"relu\"")}}, { "add": [{{Items(50_000, "\"nowhere\"")}}] }] }""" },
        { "a setting of each block", Settings(5_000) },
        { "a class for each use", $$"""{ "input": [1, 1, 1], "blocks": { "Cell": { "parameters": ["p"], "layers": [{ "pad": [0, "p"] }, { "crop": 1 }] } }, "layers": [{ "Cell": "index + 1", "repeat": 1500 }] }""" },
        { "layers that may be missing", $$"""{ "input": [4], "blocks": { "Cell": { "parameters": ["there"], "layers": [{{Items(2_400, """{ "relu": {}, "when": "there" }""")}}] } }, "layers": [{ "Cell": true }, { "Cell": false }] }""" },
        { "blocks", $$"""{ "input": [1], "blocks": { {{Numbered(20_000, i => $"\"B{i}\": {{ \"layers\": [] }}")}} }, "layers": [{{Items(4_000, "\"C1\"")}}] }""" },
        { "parameters", $$"""{ "input": [1], "blocks": { "Cell": { "parameters": [{{Numbered(50_000, i => $"\"p{i}\"")}}], "layers": [] } }, "layers": [{ "Cell": {}, {{Numbered(20_000, i => $"\"p{i}\": 1")}} }] }""" },
        { "inputs", $$"""{ "inputs": { {{Numbered(50_000, i => $"\"i{i}\": [1]")}} }, "layers": ["relu"] }""" },
        { "outputs", $$"""{ "input": [1], "layers": [{{Items(4_000, "\"relu\"")}}], "outputs": [{{Numbered(50_000, i => $"\"relu{i}\"")}}] }""" },
    };

    [Theory, MemberData(nameof(Growing))]
    public void Work_is_bounded(string what, string json)
    {
        Assert.NotEmpty(what);
        var spec = JsonSpecReader.Read("Net.model.json", json, "Demo");
        var before = GC.GetAllocatedBytesForCurrentThread();
        var model = ModelChecker.Check(spec.Spec!);
        var text = Backends.Emit(spec.Spec!, model).Sum(file => file.Text.Length);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, MostBytes);
        Assert.InRange(model.Findings.Count, 0, 20 + json.Count(character => character == ','));
        Assert.InRange(text, 1, 10 << 20);
    }

    [Fact]
    public void The_deepest_spec_fits_a_small_stack()
    {
        // Three structures in each of 24 blocks are 97 lists in lists; 25 blocks would be one too many.
        var model = new CheckedModel?[2];
        var thread = new Thread(() => model = [Check(24), Check(25)], maxStackSize: 512 << 10);

        thread.Start();
        thread.Join();

        Assert.Empty(model[0]!.Findings);
        Assert.Equal(ModelGen.Diagnostics.Rules.SpecTooLarge, Assert.Single(model[1]!.Findings).Rule);

        static CheckedModel Check(int blocks)
        {
            var spec = JsonSpecReader.Read("Net.model.json", Chain(blocks, next => $$"""{ "sequence": [{ "residual": [{ "sequence": ["{{next}}"] }] }] }""", "\"relu\""), "Demo").Spec!;
            var model = ModelChecker.Check(spec);
            Assert.NotEmpty(Backends.Emit(spec, model).ToArray());
            return model;
        }
    }

    [Fact]
    public void A_number_of_a_custom_layer_that_has_no_literal()
    {
        var compiled = Compiled.From(("Net.cs", """
            using ModelGen;
            [Model, Input(4), Layer<Scale>(double.NaN)] internal partial class Net;
            internal sealed class Scale(double by) : TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>("scale")
            {
                public override TorchSharp.torch.Tensor forward(TorchSharp.torch.Tensor input) => input * by;
            }
            """));

        Assert.Equal("MG1015", Assert.Single(compiled.Diagnostics).Id);
        compiled.AssertNoErrors();
    }

    [Theory]
    [InlineData("[Model, Input(4), Use<int[]>] internal partial class Net;", "MG1002")]
    [InlineData("[Model, Input(4), Use<string>] internal partial class Net;", "MG1002")]
    [InlineData("[Model, Input(4), Layer<System.Collections.Generic.List<int>>] internal partial class Net;", "MG1015")]
    [InlineData("[Model, Input(4), Use<Cell>, Use<Other.Cell>] internal partial class Net; [Block, ReLU] class Cell; namespace Other { [Block, Tanh] class Cell; }", "MG1007")]
    [InlineData("[Model, Input(4), Use<relu>] internal partial class Net; [Block, Tanh] class relu;", "MG1007")]
    public void Attributes_that_name_no_block_of_their_own(string program, string rule) =>
        Assert.Equal(rule, Assert.Single(Compiled.Leniently(("Net.cs", $"using ModelGen;\n{program}")).Diagnostics).Id);

    [Fact]
    public void An_attribute_that_the_compiler_refuses_in_a_block_is_no_missing_layer() => Assert.Empty(
        Compiled.Leniently(("Net.cs", "using ModelGen;\n[Model, Input(4, 8, 8), Use<Cell>] internal partial class Net;\n[Block, Flaten, Linear(4)] class Cell;")).Diagnostics);

    [Fact]
    public void Blocks_of_classes_deeper_than_the_stack()
    {
        var blocks = Numbered(3_000, i => $"[Block, Use<B{i + 1}>, Use<B{i + 1}>] class B{i};", "\n");
        var project = Compiled.Project([("Net.cs", $"using ModelGen;\n[Model, Input(4), Use<B0>] internal partial class Net;\n{blocks}\n[Block, ReLU] class B3000;")]);

        Assert.Null(Assert.Single(Compiled.Driver([]).RunGenerators(project).GetRunResult().Results).Exception);
    }

    private static string Chain(int blocks, Func<string, string> layers, string last) => $$"""
        { "input": [4], "blocks": { {{Numbered(blocks, i => $"\"B{i}\": {{ \"layers\": [{layers($"B{i + 1}")}] }}")}}, "B{{blocks}}": { "layers": [{{last}}] } }, "layers": ["B0"] }
        """;

    private static string Lists(int blocks) => $$"""
        { "input": [4], "blocks": {
          {{Numbered(blocks, i => $"\"B{i}\": {{ \"parameters\": [\"p\"], \"layers\": [{{ \"B{i + 1}\": [\"p\", \"p\"] }}] }}")}},
          "B{{blocks}}": { "parameters": ["p"], "layers": [{ "linear": "p" }] } }, "layers": [{ "B0": [1, 2] }] }
        """;

    private static string Settings(int uses)
    {
        var parameters = Numbered(100, i => $"{{ \"p{i}\": {i + 1} }}");
        return $$"""{ "input": [4], "blocks": { "Cell": { "parameters": [{{parameters}}], "layers": [{ "dropout": "p0 / 10000.0 + index * 0.0" }] } }, "layers": [{ "Cell": "1", "repeat": {{uses / 2 - 1}}, "name": "list" }] }""";
    }

    private static string Items(int count, string item) => string.Join(", ", Enumerable.Repeat(item, count));

    private static string Numbered(int count, Func<int, string> item, string separator = ", ") => string.Join(separator, Enumerable.Range(0, count).Select(item));

    private static IEnumerable<string> Keys(string json)
    {
        var model = ModelChecker.Check(JsonSpecReader.Read("Net.model.json", json, "Demo").Spec!);
        Assert.DoesNotContain(model.Findings, finding => finding.Rule.Severity == ModelGen.Diagnostics.Severity.Error);
        return model.Graph!.Layers.Select(layer => string.Create(CultureInfo.InvariantCulture, $"{layer.Key}({layer.Node.Input[0]})"));
    }
}
