using Microsoft.CodeAnalysis;
using ModelGen.Graph;
using ModelGen.Specs;

namespace ModelGen.Tests.Specs;

/// <summary>Graphs: what a spec's names, blocks and structures become, seen by the keys and shapes of the layers.</summary>
public sealed class GraphTests
{
    [Fact]
    public void A_layer_takes_any_earlier_output_by_its_name() => AssertLayers(
        """{ "input": [4, 8, 8], "layers": [{ "conv2d": 6, "kernel_size": 1, "name": "a" }, "relu", { "tanh": {}, "from": "a" }, { "add": ["relu1", "a"] }, { "concat": "input" }] }""",
        "a(input) [N, 6, 8, 8]",
        "relu1(a) [N, 6, 8, 8]",
        "tanh1(a) [N, 6, 8, 8]",
        "add1(tanh1, relu1, a) [N, 6, 8, 8]",
        "concat1(add1, input) [N, 10, 8, 8]");

    [Fact]
    public void A_residual_adds_its_input_and_is_no_module() => AssertLayers(
        """{ "input": [4, 8, 8], "layers": ["relu", { "residual": [{ "conv2d": 4, "kernel_size": 3, "padding": 1 }, "relu"], "name": "sum" }] }""",
        "relu1(input) [N, 4, 8, 8]",
        "conv1(relu1) [N, 4, 8, 8]",
        "relu2(conv1) [N, 4, 8, 8]",
        "sum(relu2, relu1) [N, 4, 8, 8]");

    // What it is without being set.
    [Fact]
    public void A_repeat_whose_first_is_none_begins_as_it_goes_on() => AssertLayers(
        """{ "input": [4], "blocks": { "Cell": { "parameters": ["n"], "layers": [{ "linear": "n" }, "tanh"] } }, "layers": [{ "Cell": 3, "repeat": 2, "first": "none" }] }""",
        "cell1.fc1(input) [N, 3]",
        "cell1.tanh1(cell1.fc1) [N, 3]",
        "cell2.fc1(cell1.tanh1) [N, 3]",
        "cell2.tanh1(cell2.fc1) [N, 3]");

    [Fact]
    public void A_projection_stands_only_where_the_shapes_differ() => AssertLayers(
        """
        { "input": [4, 8, 8], "blocks": { "Cell": { "parameters": ["c", { "s": 1 }], "layers": [
            { "residual": [{ "conv2d": "c", "kernel_size": 3, "stride": "s", "padding": 1 }], "shortcut": "projection" }] } },
          "layers": [{ "Cell": 4 }, { "Cell": 8, "s": 2 }] }
        """,
        "cell1.conv1(input) [N, 4, 8, 8]",
        "cell1.add1(cell1.conv1, input) [N, 4, 8, 8]",
        "cell2.conv1(cell1.add1) [N, 8, 4, 4]",
        "cell2.downsample.0(cell1.add1) [N, 8, 4, 4]",
        "cell2.downsample.1(cell2.downsample.0) [N, 8, 4, 4]",
        "cell2.add1(cell2.conv1, cell2.downsample.1) [N, 8, 4, 4]");

    [Fact]
    public void Same_shape_adds_only_where_the_shapes_are_equal() => AssertLayers(
        """
        { "input": [4, 8, 8], "blocks": { "Cell": { "parameters": ["c"], "layers": [
            { "residual": [{ "conv2d": "c", "kernel_size": 1 }], "shortcut": "same_shape", "drop_path": 0.1 }] } },
          "layers": [{ "Cell": 4 }, { "Cell": 8 }] }
        """,
        "cell1.conv1(input) [N, 4, 8, 8]",
        "cell1.drop_path1(cell1.conv1) [N, 4, 8, 8]",
        "cell1.add1(cell1.drop_path1, input) [N, 4, 8, 8]",
        "cell2.conv1(cell1.add1) [N, 8, 8, 8]");

    [Fact]
    public void An_explicit_shortcut_is_a_list_of_layers() => AssertLayers(
        """{ "input": [4, 8, 8], "layers": [{ "residual": ["relu"], "shortcut": [{ "sequence": [{ "conv2d": 4, "kernel_size": 1 }], "name": "skip" }] }] }""",
        "relu1(input) [N, 4, 8, 8]",
        "skip.0(input) [N, 4, 8, 8]",
        "add1(relu1, skip.0) [N, 4, 8, 8]");

    [Fact]
    public void Branches_receive_the_same_and_are_joined() => AssertLayers(
        """{ "input": [4, 8, 8], "layers": ["relu", { "branches": [[{ "conv2d": 2, "kernel_size": 1 }], ["tanh", { "conv2d": 3, "kernel_size": 1 }], []] }, { "branches": [[], ["relu"]], "merge": "mul" }] }""",
        "relu1(input) [N, 4, 8, 8]",
        "conv1(relu1) [N, 2, 8, 8]",
        "tanh1(relu1) [N, 4, 8, 8]",
        "conv2(tanh1) [N, 3, 8, 8]",
        "concat1(conv1, conv2, relu1) [N, 9, 8, 8]",
        "relu2(concat1) [N, 9, 8, 8]",
        "mul1(concat1, relu2) [N, 9, 8, 8]");

    [Fact]
    public void A_repeat_with_a_name_is_a_list_and_without_one_layers() => AssertLayers(
        """
        { "input": [4], "blocks": { "Step": { "parameters": ["width", { "bias": true }], "layers": [{ "linear": "width", "bias": "bias" }, "relu"] } },
          "layers": [
            { "Step": "4 + 2 * index", "repeat": 2, "name": "wide", "names": "step{1}" },
            { "Step": 3, "repeat": 2, "first": { "width": 5, "bias": false } } ] }
        """,
        "wide.step1.fc1(input) [N, 4]",
        "wide.step1.relu1(wide.step1.fc1) [N, 4]",
        "wide.step2.fc1(wide.step1.relu1) [N, 6]",
        "wide.step2.relu1(wide.step2.fc1) [N, 6]",
        "step2.fc1(wide.step2.relu1) [N, 5]",
        "step2.relu1(step2.fc1) [N, 5]",
        "step3.fc1(step2.relu1) [N, 3]",
        "step3.relu1(step3.fc1) [N, 3]");

    [Fact]
    public void A_sequence_has_numbers_for_names_and_calls_without_a_module_have_none() => AssertLayers(
        """{ "input": [4, 8, 8], "layers": [{ "sequence": [{ "conv2d": 4, "kernel_size": 1 }, { "residual": ["relu"] }, { "conv2d": 2, "kernel_size": 1, "name": "last" }, "relu"], "name": "features" }] }""",
        "features.0(input) [N, 4, 8, 8]",
        "features.1(features.0) [N, 4, 8, 8]",
        "features.add1(features.1, features.0) [N, 4, 8, 8]",
        "features.last(features.add1) [N, 2, 8, 8]",
        "features.2(features.last) [N, 2, 8, 8]");

    [Fact]
    public void A_block_computes_with_its_parameters_and_with_the_channels_of_its_input() => AssertLayers(
        """
        { "input": [4, 8, 8], "blocks": {
            "Inner": { "parameters": ["c"], "numbered": true, "layers": [{ "conv2d": "c", "kernel_size": 1 }] },
            "Outer": { "parameters": ["t", { "k": [3, 1] }], "layers": [{ "Inner": "in_channels * t" }, { "max_pool2d": "k", "when": "t > 2" }, { "relu": {}, "when": "not (t > 2)" }] } },
          "layers": [{ "Outer": 2 }, { "Outer": 3, "k": 2 }] }
        """,
        "outer1.inner1.0(input) [N, 8, 8, 8]",
        "outer1.relu1(outer1.inner1.0) [N, 8, 8, 8]",
        "outer2.inner1.0(outer1.relu1) [N, 24, 8, 8]",
        "outer2.pool1(outer2.inner1.0) [N, 24, 4, 4]");

    [Fact]
    public void A_block_of_several_inputs_takes_them_by_name() => AssertLayers(
        """
        { "inputs": { "image": [4, 8, 8], "mask": [1, 8, 8] }, "blocks": { "Gate": { "inputs": ["x", "gate"], "layers": [{ "mul": "gate" }, { "concat": "x" }] } },
          "layers": ["relu", { "Gate": {}, "with": "mask" }] }
        """,
        "relu1(image) [N, 4, 8, 8]",
        "gate1.mul1(relu1, mask) [N, 4, 8, 8]",
        "gate1.concat1(gate1.mul1, relu1) [N, 8, 8, 8]");

    [Fact]
    public void Attributes_declare_the_same_graphs()
    {
        const string Source = """
            using ModelGen;
            namespace Demo;
            [Block, Conv2d(4, 3, Padding = 1), ReLU] internal sealed class Cell;
            [Block(Numbered = true), Use<Cell>, Tanh] internal sealed class Stage;
            [Model, Input("image", 4, 8, 8), Input("mask", 1, 8, 8), Outputs("gated", "stages")]
            [Mul("mask", Name = "gated"), Residual<Cell>(Shortcut = "same_shape"), Use<Stage>(Repeat = 2, Name = "stages")]
            public partial class Net;
            """;
        const string Json = """
            { "inputs": { "image": [4, 8, 8], "mask": [1, 8, 8] }, "outputs": ["gated", "stages"],
              "blocks": {
                "Cell": { "layers": [{ "conv2d": 4, "kernel_size": 3, "padding": 1 }, "relu"] },
                "Stage": { "numbered": true, "layers": ["Cell", "tanh"] } },
              "layers": [{ "mul": "mask", "name": "gated" }, { "residual": ["Cell"], "shortcut": "same_shape" }, { "Stage": {}, "repeat": 2, "name": "stages" }] }
            """;
        var fromAttributes = Compiled.From(("Net.cs", Source)).AssertClean().Files;
        var fromJson = Compiled.From(("Net.model.json", Json)).AssertClean().Files;

        Assert.Equal(fromJson.Single().Value, fromAttributes.Single().Value.Replace("Net.cs", "Net.model.json", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Branches(\"a\")", "Branches are lists of layers, which attributes can't hold: declare the network in a .model.json file")]
    [InlineData("Sequence", "put the layers on a class with [Block(Numbered = true)] and write [Use<ThatClass>]")]
    [InlineData("Residual(16)", "put the layers on a class with [Block] and write [Residual<ThatClass>]")]
    public void What_only_a_file_can_declare_is_said_where_it_is_tried_as_an_attribute(string attribute, string words)
    {
        var compiled = Compiled.From(("Net.cs", $"using ModelGen;\nnamespace Demo;\n/// <summary>A network.</summary>\n[Model, Input(4), {attribute}, Linear(2)]\npublic partial class Net;\n"));

        Assert.Empty(compiled.Report());
        var error = Assert.Single(compiled.Output.GetDiagnostics(), diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        Assert.Equal("CS0619", error.Id);
        Assert.Contains(words, error.GetMessage(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
        Assert.Equal(3, error.Location.GetLineSpan().StartLinePosition.Line);
    }

    [Fact]
    public void Parameters_of_a_block_are_said_to_be_a_files()
    {
        var compiled = Compiled.From(("Net.cs", "using ModelGen;\nnamespace Demo;\n[Block(\"channels\"), Linear(2)] internal sealed class Cell;\n"));

        var error = Assert.Single(compiled.Output.GetDiagnostics(), diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        Assert.Contains("A block with parameters is declared in a .model.json file", error.GetMessage(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [Fact]
    public void Who_asks_for_the_uses_of_a_layer_while_another_thread_counts_them_is_told_all()
    {
        var flat = ModelChecker.Check(JsonSpecReader.Read("Net.model.json", """{ "input": [4], "layers": [{ "linear": 4 }, "relu", { "add": "fc1" }] }""", "Demo").Spec!).Graph!.Flat;
        FlatNetwork network = null!;
        var told = new List<int>();
        network = new FlatNetwork(new InterruptedList<FlatLayer>(flat.Layers, () => told.Add(network.UsesOf(0))), flat.Outputs);

        Assert.Equal(2, network.UsesOf(0));
        Assert.Equal([2], told);
    }

    private static void AssertLayers(string json, params string[] expected)
    {
        var reading = JsonSpecReader.Read("Net.model.json", json, "Demo");
        Assert.Equal([], reading.Findings.Select(finding => finding.Message));
        var model = ModelChecker.Check(reading.Spec!);
        Assert.Equal([], model.Findings.Select(finding => finding.Message));
        var (layers, inputs) = (model.Graph!.Layers, model.Graph.Root.Inputs);
        Assert.Equal(expected, layers.Select(layer => $"{layer.Key}({string.Join(", ", layer.Sources.Select(source => source < 0 ? inputs[~source].Name : layers[source].Key))}) {layer.Node.Output}"));
        Compiled.From(("Net.model.json", json)).AssertClean();
    }

    /// <summary>A list in whose first enumeration something else happens.</summary>
    private sealed class InterruptedList<T>(IReadOnlyList<T> items, Action meanwhile) : IReadOnlyList<T>
    {
        private Action? _meanwhile = meanwhile;

        public int Count => items.Count;

        public T this[int index] => items[index];

        public IEnumerator<T> GetEnumerator()
        {
            Interlocked.Exchange(ref _meanwhile, null)?.Invoke();
            return items.GetEnumerator();
        }

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
