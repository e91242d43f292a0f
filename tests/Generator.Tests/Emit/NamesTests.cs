using Microsoft.CodeAnalysis;
using ModelGen.Graph;
using ModelGen.Specs;

namespace ModelGen.Tests.Emit;

/// <summary>A name that the spec may choose becomes code that compiles; every other name is refused at its token.</summary>
public sealed class NamesTests
{
    private const string Network = "Model, Input(1, 8, 8), Flatten, Linear(10), LogSoftmax, Training(Loss.Nll, Optimizer.Sgd), ImageFolder";

    private const string JsonNetwork = """
        "input": [1, 8, 8], "layers": ["flatten", { "linear": 10 }, "log_softmax"], "training": { "loss": "nll", "optimizer": "sgd" }, "data": { "image_folder": {} }
        """;

    [Theory]
    [InlineData("System", "System2")]
    [InlineData("TorchSharp", "TorchSharp")]
    [InlineData("ModelGen", "ModelGen")]
    [InlineData("@torch", "ModelGen.Torch")]
    [InlineData("Tensor", "Demo.TorchSharp")]
    [InlineData("Module", "Demo.System.ModelGen")]
    [InlineData("Device", "A.B.C.D.E.F.G.H")]
    [InlineData("Net", "Net")]
    [InlineData("Ünï", "Straße")]
    [InlineData("T", "demo")]
    public void A_class_whose_name_means_something_elsewhere(string name, string nameSpace) => Compiled.From(("Net.cs", $$"""
        using ModelGen;

        namespace {{nameSpace}};

        /// <summary>A network.</summary>
        [{{Network}}]
        public partial class {{name}};
        """)).AssertClean();

    [Theory]
    [InlineData("@class", "@namespace.Sub")]
    [InlineData("@record", "@record")]
    [InlineData("@required", "Demo")]
    [InlineData("@mnist", "Demo")]
    public void A_class_whose_name_stands_behind_an_at(string name, string nameSpace)
    {
        var compiled = Compiled.From(("Net.cs", $"using ModelGen;\nnamespace {nameSpace};\n/// <summary>A network.</summary>\n[{Network}] public partial class {name};\n")).AssertClean();

        Assert.All(compiled.Files.Keys, file => Assert.DoesNotContain('@', file));
    }

    [Fact]
    public void Classes_of_one_block_beside_a_block_of_their_name()
    {
        var compiled = Compiled.From(("Net.model.json", """
            {
              "input": [4],
              "blocks": {
                "Cell": { "numbered": true, "parameters": [{ "wide": false }], "layers": [{ "linear": 4, "when": "wide" }, "relu"] },
                "Cell_2": { "layers": ["tanh"] }
              },
              "layers": [{ "Cell": true }, "Cell", "Cell_2"]
            }
            """)).AssertClean();

        Assert.All(["class Cell ", "class Cell_2 ", "class Cell_3 "], type => Assert.Contains(type, compiled.Files.Values.Single(), StringComparison.Ordinal));
    }

    [Fact]
    public void Targets_whose_names_a_record_has_already() => Compiled.From(("Net.model.json", """
        {
          "input": [2], "layers": [{ "linear": 5 }], "training": { "loss": "mse", "optimizer": "adam" },
          "data": { "csv": { "targets": ["clone", "prediction", "deconstruct", "print members", "to string"] } }
        }
        """)).AssertClean();

    [Theory]
    [InlineData("mnist")]
    [InlineData("record")]
    [InlineData("required")]
    [InlineData("partial")]
    [InlineData("scoped")]
    [InlineData("extension")]
    [InlineData("field")]
    [InlineData("await")]
    [InlineData("to")]
    public void A_json_class_in_small_letters(string name) => Compiled.From(($"{name}.model.json", $"{{ {JsonNetwork} }}")).AssertClean();

    [Fact]
    public void The_file_that_declares_a_network_can_have_any_name()
    {
        var compiled = Compiled.From(("a/we\"ird\r\n\u2028&<ü>.model.json", """{ "name": "Net", "input": [4], "layers": ["relu"] }""")).AssertClean();

        Assert.Contains("// Compiled by ModelGen from we\"ird   &<ü>.model.json: change it there, not here.\n", Assert.Single(compiled.Files.Values), StringComparison.Ordinal);
    }

    [Fact]
    public void A_class_in_a_text_without_a_file() =>
        Compiled.From(Compiled.Driver([]), Compiled.Project([]).AddSyntaxTrees(Microsoft.CodeAnalysis.CSharp.CSharpSyntaxTree.ParseText(
            $"using ModelGen;\n/// <summary>A network.</summary>\n[{Network}] public partial class Net;", new Microsoft.CodeAnalysis.CSharp.CSharpParseOptions(Microsoft.CodeAnalysis.CSharp.LanguageVersion.CSharp14)))).AssertClean();

    [Fact]
    public void Files_of_two_classes_never_have_one_name() => Compiled.From(
        ("Net.model.json", $"{{ {JsonNetwork} }}"),
        ("data.model.json", """{ "namespace": "Demo.net", "input": [4], "layers": ["relu"] }"""),
        ("program.model.json", """{ "namespace": "Demo.net", "input": [4], "layers": ["relu"] }""")).AssertClean();

    public static TheoryData<string> Members { get; } = [.. GeneratedMembers()];

    [Theory, MemberData(nameof(Members))]
    public void A_name_that_every_generated_class_has_is_refused_for_a_layer_and_for_the_class(string member)
    {
        var layer = Compiled.From(("Net.model.json", $$"""{ "input": [4], "layers": [{ "linear": 4, "name": "{{member}}" }] }""")).Report();
        var type = Compiled.From(("Net.model.json", $$"""{ "name": "{{member}}", {{JsonNetwork}} }""")).Report();

        Assert.EndsWith($"error MG1007: The name '{member}' can't be used: '{member}' is a member of every generated class. Write '{member}_2'.", Assert.Single(layer), StringComparison.Ordinal);
        Assert.EndsWith($"error MG1007: The name '{member}' can't be used: '{member}' is a member of every generated class.", Assert.Single(type), StringComparison.Ordinal);
    }

    [Fact]
    public void A_layer_with_any_other_name()
    {
        string[] names =
        [
            "global", "await", "var", "field", "value", "record", "scoped", "async", "dynamic", "system", "torchSharp", "modelGen", "tensor",
            "name", "forward", "item", "training", "class", "new", "inputs", "call", "x_1", "Upper",
        ];
        var layers = string.Join(", ", names.Select(name => $$"""{ "linear": 4, "name": "{{name}}" }, "tanh" """));

        Compiled.From(("Net.model.json", $$"""{ "input": [4], "layers": [{{layers}}] }""")).AssertClean();
    }

    [Theory]
    [InlineData("var", "'var' is a word of C#")]
    [InlineData("forward", "'forward' is a member of every generated class")]
    [InlineData("Flatten1", "its property would have the name of its class")]
    [InlineData("LogSoftmax1", "its property would have the name of its class")]
    public void A_class_whose_name_would_break_its_code_is_refused(string name, string why) => Assert.Contains(
        $"can't be used: {why}.",
        Assert.Single(Compiled.From(($"{name}.model.json", $"{{ {JsonNetwork} }}")).Report()),
        StringComparison.Ordinal);

    // What the seed's class declares beside its layers, and what it inherits and could hide.
    private static SortedSet<string> GeneratedMembers()
    {
        var model = Compiled.From(SeedSpecs.Attributes).Output.GetTypeByMetadataName("Demo.ConvNet")!;
        var layers = ModelChecker.Check(JsonSpecReader.Read(SeedSpecs.Json.Path, SeedSpecs.Json.Text, "Demo").Spec!).Graph!.Root.Nodes.Select(node => node.Name.Member);
        var names = new SortedSet<string>(StringComparer.Ordinal);
        for (var type = model; type is not null; type = type.BaseType)
        {
            names.UnionWith(type.GetMembers()
                .Where(member => ReferenceEquals(type, model) || member.DeclaredAccessibility is Accessibility.Public or Accessibility.Protected or Accessibility.ProtectedOrInternal)
                .Select(member => member.Name)
                .Where(name => name[0] is >= 'A' and <= 'Z'));
        }

        names.ExceptWith(layers);
        return names;
    }
}
