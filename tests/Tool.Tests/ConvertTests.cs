using System.Text;
using ModelGen.Collections;
using ModelGen.Layers;
using ModelGen.Specs;
using ModelGen.Tests.Training;
using ModelGen.Tool.Specs;
using ModelGen.Tool.Writing;

namespace ModelGen.Tests;

/// <summary><c>modelgen convert</c>: the same network in the other form of spec, or a sentence about what that form can't say.</summary>
public sealed class ConvertTests : IDisposable
{
    private static readonly string[] Zoo = [.. Directory.GetFiles(Path.Combine(Repository.Root, "samples/Zoo"), "*.model.json").Order(StringComparer.Ordinal)];

    /// <summary>What stands in front of a loss that takes something else than a layer's numbers.</summary>
    private static readonly (string Loss, string Attribute, string Keyword)[] Heads =
        [("nll", "LogSoftmax", "log_softmax"), ("kl_div", "LogSoftmax", "log_softmax"), ("bce", "Sigmoid", "sigmoid"), ("", "Identity", "identity")];

    private readonly TempFolder _folder = new();

    public static TheoryData<string> Networks { get; } = [.. Zoo.Select(path => Path.GetFileName(path))];

    public static TheoryData<int> Recipes { get; } = [.. Enumerable.Range(0, RecipeSpecs.All.Count)];

    [Theory, MemberData(nameof(Networks))]
    public void A_spec_written_as_JSON_reads_as_the_same_spec(string name)
    {
        var path = Zoo.Single(path => Path.GetFileName(path) == name);
        var spec = SpecFiles.Read([path]).Only(null).Spec;
        var text = JsonSpecWriter.Write(spec, spec.Name, "Zoo", "./obj/model.schema.json");

        Assert.Equal(spec, SpecFiles.Of([(path, text)]).Only(null).Spec);
        Assert.DoesNotContain(text.Split('\n'), line => line.Length > 150);
    }

    [Theory, MemberData(nameof(Networks))]
    public void A_network_of_the_zoo_becomes_attributes_and_JSON_again_or_is_refused(string name)
    {
        var path = Zoo.Single(path => Path.GetFileName(path) == name);
        var command = Command.Run("convert", path, "--out", _folder["Net.cs"]);
        if (command.ExitCode != 0)
        {
            Assert.Equal(3, command.ExitCode);
            Assert.Matches("^error: Attributes can't say (a block with parameters|'sequence').*: keep the network in its .model.json file", command.Error);
            Assert.Empty(_folder.Entries);
            return;
        }

        var attributes = SpecFiles.Read([_folder["Net.cs"]]).Only(null);
        Command.Succeed("convert", _folder["Net.cs"], "--out", _folder["Again.model.json"]);
        var again = SpecFiles.Read([_folder["Again.model.json"]]).Only(null);

        Assert.Equal(SpecFiles.Read([path]).Only(null).Spec with { SourceName = "" }, again.Spec with { SourceName = "" });
        Assert.Equal(attributes.Spec with { SourceName = "" }, again.Spec with { SourceName = "" });
    }

    [Fact]
    public void Chains_of_layers_are_converted() => Assert.Equal(
        ["GruClassifier.model.json", "LeNet5.model.json", "LstmClassifier.model.json"],
        Zoo.Where((path, index) => Command.Run("convert", path, "--out", _folder[$"Net{index}.cs"]).ExitCode == 0).Select(path => Path.GetFileName(path)));

    [Theory, MemberData(nameof(Recipes))]
    public void Each_setting_of_training_is_kept(int number)
    {
        var (attributes, json) = RecipeSpecs.All[number];
        var head = Heads.First(head => head.Loss.Length == 0 || json.Contains($"\"{head.Loss}\"", StringComparison.Ordinal));
        var (rows, table) = json.Contains("cross_entropy", StringComparison.Ordinal) || head.Loss == "nll"
            ? ("Label = \"kind\", Classes = [\"a\", \"b\"]", "\"label\": \"kind\", \"classes\": [\"a\", \"b\"]")
            : ("Targets = [\"x\", \"a \\\"b\\\"\"]", "\"targets\": [\"x\", \"a \\\"b\\\"\"]");
        var cs = Write("Net.cs", $"""
            using ModelGen;
            namespace Demo;
            [Model, Input(3), Linear(2), {head.Attribute}, Training({attributes}), Csv({rows}, Header = false), Budget(Parameters = 1_000), Compile(Optimize = false)]
            public partial class Net;
            """);
        var file = Write("Mine.model.json", $$"""
            {
              "name": "Net", "namespace": "Demo", "input": [3], "layers": [{ "linear": 2 }, "{{head.Keyword}}"], "training": { {{json}} },
              "data": { "csv": { {{table}}, "header": false } }, "budget": { "parameters": 1000 }, "compile": { "optimize": false }
            }
            """);

        // Neither is written unless both forms give the same code.
        Command.Succeed("convert", cs, "--out", _folder["FromAttributes.model.json"]);
        Command.Succeed("convert", file, "--out", _folder["FromJson.cs"]);
        Command.Succeed("convert", _folder["FromJson.cs"], "--out", _folder["Again.model.json"]);
        Assert.Equal(File.ReadAllText(_folder["FromAttributes.model.json"]), File.ReadAllText(_folder["Again.model.json"]));
    }

    [Theory]
    [InlineData("Backend.CSharp", "\"backend\": \"csharp\"")]
    [InlineData("Backend.Both, Optimize = false, Onnx = true", "\"backend\": \"both\", \"optimize\": false, \"onnx\": true")]
    [InlineData("Backend.Torch, Onnx = true", "\"backend\": \"torch\", \"onnx\": true")]
    public void How_a_network_is_compiled_is_kept(string attributes, string json)
    {
        var file = Write("Net.model.json", $$"""{ "input": [4], "layers": [{ "linear": 2 }], "compile": { {{json}} } }""");
        Command.Succeed("convert", file);
        Command.Succeed("convert", _folder["Net.cs"], "--out", _folder["Again.model.json"]);

        Assert.Contains($"[Compile({attributes})]\n", File.ReadAllText(_folder["Net.cs"]), StringComparison.Ordinal);
        Assert.Contains($"\"compile\": {{ {json} }}", File.ReadAllText(_folder["Again.model.json"]), StringComparison.Ordinal);
    }

    /// <summary>One network that has each layer, with each setting at a value that is not its default; it need not make sense.</summary>
    [Fact]
    public void Each_setting_of_each_layer_is_kept()
    {
        var layers = LayerCatalogue.Layers.Where(kind => kind.HasAttribute).SelectMany(kind => (SectionSpec[])
        [
            Set(kind, kind.Settings.Where(parameter => parameter.Name != "when"), asList: false),
            Set(kind, kind.Settings.Where(parameter => parameter.Name != "when"), asList: true),
            Set(kind, kind.Parameters.Where(parameter => parameter.IsRequired), asList: false),
        ]);
        var spec = new ModelSpec(
            "Net.cs", "Demo", default, "Net", "public",
            EquatableArray<SectionSpec>.Of([SectionSpec.Of("image", [new SettingSpec("shape", Numbers(3, 8, 8)), new SettingSpec("type", SpecValue.Of("int64"))])]),
            EquatableArray<SectionSpec>.Of(layers), null, null, null, IsSound: true, IsWritable: true)
        {
            Outputs = SpecValue.Of(EquatableArray<SpecValue>.Of([SpecValue.Of("one")])),
            Blocks = default,
        };

        var read = SpecFiles.Of([("Net.cs", AttributeSpecWriter.Write(spec))]).Networks.Single().Spec;
        var json = SpecFiles.Of([("Net.model.json", JsonSpecWriter.Write(spec, "Net", "Demo", null))]).Networks.Single().Spec;

        Assert.Equal(spec.Layers, read.Layers);
        Assert.Equal(spec with { IsSound = read.IsSound }, read);
        Assert.Equal(spec.Layers, json.Layers);
    }

    [Fact]
    public void Blocks_without_parameters_are_classes()
    {
        var json = Write("Net.model.json", """
            {
              "name": "Net", "namespace": "Demo",
              "input": [3, 32, 32],
              "blocks": {
                "Cell": { "numbered": true, "layers": [{ "conv2d": 16, "kernel_size": 3, "padding": 1 }, "relu"] },
                "Body": { "layers": [{ "Cell": {}, "name": "cell" }, { "conv2d": 16, "kernel_size": 1 }] }
              },
              "layers": [{ "Cell": {}, "name": "stem" }, { "Cell": {}, "repeat": 3, "name": "middle" }, { "residual": ["Body"], "shortcut": "projection" }, "flatten", { "linear": 10 }]
            }
            """);
        Command.Succeed("convert", json, "--out", _folder["Net.cs"]);

        Assert.Equal("""
            using ModelGen;

            namespace Demo;

            [Block(Numbered = true)]
            [Conv2d(16, 3, Padding = 1), ReLU]
            internal sealed class Cell;

            [Block]
            [Use<Cell>(Name = "cell"), Conv2d(16, 1)]
            internal sealed class Body;

            [Model, Input(3, 32, 32)]
            [Use<Cell>(Name = "stem"), Use<Cell>(Repeat = 3, Name = "middle"), Residual<Body>(Shortcut = "projection"), Flatten]
            [Linear(10)]
            public partial class Net;

            """.ReplaceLineEndings("\n"), File.ReadAllText(_folder["Net.cs"]));
    }

    [Theory]
    [InlineData("""[{ "linear": 4 }, { "branches": [["relu"], []] }]""", "'branches' (layers[1])")]
    [InlineData("""[{ "linear": 4 }, { "residual": ["relu"] }]""", "a residual of layers that are not one block (layers[1])")]
    public void What_attributes_cannot_say_is_named(string layers, string what)
    {
        var command = Command.Run("convert", Write("Net.model.json", $$"""{ "input": [4], "layers": {{layers}} }"""));

        Assert.Equal((3, $"error: Attributes can't say {what}: keep the network in its .model.json file (docs/spec.md, \"What only JSON says\").\n"), (command.ExitCode, command.Error));
    }

    [Theory]
    [InlineData("internal partial class Net;", "is internal, and the class of a .model.json file is public: make it public first.")]
    [InlineData("public partial class Net;\n}", "stands inside of another type, which a .model.json file can't say: move the class out first.")]
    public void What_JSON_cannot_say_is_named(string declaration, string what)
    {
        var outer = declaration.EndsWith('}') ? "public static partial class Outer\n{\n" : "";
        var command = Command.Run("convert", Write("Net.cs", $"using ModelGen;\n{outer}[Model, Input(4), Linear(2)]\n{declaration}\n"));

        Assert.Equal(3, command.ExitCode);
        Assert.EndsWith(what + "\n", command.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_written_over_and_the_old_file_is_to_be_removed()
    {
        File.WriteAllText(_folder["Shop.csproj"], "<Project />");
        var cs = Write("Net.cs", "using ModelGen;\nnamespace Shop;\n[Model, Input(4), Linear(2)]\npublic partial class Net;\n");

        Assert.Equal($"{_folder["Net.model.json"]}\nBoth files declare Shop.Net now: remove the attributes from {cs}.\n", Command.Succeed("convert", cs));
        Assert.Equal("{\n  \"$schema\": \"./obj/model.schema.json\",\n  \"input\": [4],\n  \"layers\": [{ \"linear\": 2 }]\n}\n", File.ReadAllText(_folder["Net.model.json"]));
        Assert.Equal($"error: '{_folder["Net.model.json"]}' is there already: move it away, or name another file.\n", Command.Run("convert", cs).Error);
    }

    public void Dispose() => _folder.Dispose();

    private string Write(string name, string text) => _folder.Write(name, Encoding.UTF8.GetBytes(text));

    private static SectionSpec Set(LayerKind kind, IEnumerable<Parameter> parameters, bool asList) =>
        new(kind.Keyword, EquatableArray<SettingSpec>.Of(parameters.Select(parameter => new SettingSpec(parameter.Name, ValueOf(parameter, asList)))));

    private static SpecValue ValueOf(Parameter parameter, bool asList) => parameter.Type switch
    {
        ParameterType.Real => SpecValue.Of(0.0625),
        ParameterType.Flag => SpecValue.Of(parameter.Fallback == "false"),
        ParameterType.Size when parameter is SizeParameter { Directions: > 1 and var directions } && asList => Numbers([.. Enumerable.Range(2, directions).Select(number => (long)number)]),
        ParameterType.Size when !asList && parameter.Choices.Length > 0 => SpecValue.Of(parameter.Choices[0]),
        ParameterType.Integers => Numbers(2, 1),
        ParameterType.Choice => SpecValue.Of(parameter.Choices[^1]),
        ParameterType.Text => SpecValue.Of("one"),
        ParameterType.Outputs => SpecValue.Of(EquatableArray<SpecValue>.Of([SpecValue.Of("one"), SpecValue.Of("two")])),
        _ => SpecValue.Of(7),
    };

    private static SpecValue Numbers(params long[] numbers) => SpecValue.Of(EquatableArray<SpecValue>.Of(numbers.Select(number => SpecValue.Of(number))));
}
