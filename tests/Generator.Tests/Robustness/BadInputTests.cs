using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using ModelGen.Graph;
using ModelGen.Specs;

namespace ModelGen.Tests.Robustness;

/// <summary>What no one writes but a file may hold: each is one mistake, said once, and costs no more than to find that out.</summary>
public sealed class BadInputTests
{
    private const string Sound = """{ "input": [4], "layers": ["relu"] }""";

    // By name, because a test's name can hold neither ten megabytes nor half a character.
    private static readonly Dictionary<string, (string Text, string Rule)> Texts = new()
    {
        ["10 MB"] = (Sound + new string(' ', 10 << 20), "MG1010"),
        ["10,000 layers"] = ($$"""{ "input": [4], "layers": [{{string.Join(',', Enumerable.Repeat("\"relu\"", 10_000))}}] }""", "MG1010"),
        ["1,000 levels of lists"] = ($$"""{ "input": {{Nested('[', ']', 1_000)}}, "layers": ["relu"] }""", "MG1010"),
        ["100,000 levels of lists"] = ($$"""{ "input": {{Nested('[', ']', 100_000)}}, "layers": ["relu"] }""", "MG1010"),
        ["100,000 opening brackets"] = (new string('[', 100_000), "MG1010"),
        ["1,000 levels of objects"] = (string.Concat(Enumerable.Repeat("{\"x\":", 1_000)) + "1" + new string('}', 1_000), "MG1010"),
        ["a number beyond long"] = ("""{ "input": [4], "layers": [{ "linear": 9223372036854775808 }] }""", "MG1015"),
        ["a number beyond double"] = ("""{ "input": [4], "layers": [{ "linear": 1e400 }] }""", "MG1001"),
        ["a number of 100,000 digits"] = ($$"""{ "input": [4], "layers": [{ "linear": {{new string('9', 100_000)}} }] }""", "MG1001"),
        ["NUL characters"] = ("\0\0\0", "MG1001"),
        ["a NUL character in a text"] = ("{ \"input\": [4], \"layers\": [\"re\0lu\"] }", "MG1001"),
        ["a lone surrogate"] = ("{ \"name\": \"\uD800\", \"input\": [4], \"layers\": [\"relu\"] }", "MG1007"),
        ["an escaped lone surrogate"] = ("""{ "name": "\uD800", "input": [4], "layers": ["relu"] }""", "MG1007"),
        ["a name with a character that no one sees"] = ("""{ "name": "Net\u202E", "input": [4], "layers": ["relu"] }""", "MG1007"),
        ["nothing"] = ("", "MG1001"),
        ["white space"] = (" \r\n\t\n ", "MG1001"),
        ["a byte order mark alone"] = ("\uFEFF", "MG1001"),
        ["a text that is no object"] = ("[1, 2]", "MG1001"),
    };

    public static IEnumerable<object[]> Names => Texts.Keys.Select(name => new object[] { name });

    [Theory, MemberData(nameof(Names))]
    public void One_diagnostic_for(string name)
    {
        var (text, rule) = Texts[name];

        var diagnostic = Assert.Single(Compiled.From(("Net.model.json", text)).Diagnostics);

        Assert.Equal((rule, DiagnosticSeverity.Error), (diagnostic.Id, diagnostic.Severity));
        Assert.InRange(diagnostic.Location.SourceSpan.End, 0, text.Length);
    }

    [Fact]
    public void A_message_quotes_no_more_than_a_line_of_what_is_wrong()
    {
        var value = Enumerable.Range(0, 6).Aggregate("1", (inner, _) => $"[{string.Join(',', Enumerable.Repeat(inner, 8))}]");

        Assert.InRange(Assert.Single(Compiled.From(("Net.model.json", $$"""{ "input": {{value}}, "layers": ["relu"] }""")).Report()).Length, 1, 700);
    }

    [Fact]
    public void A_byte_order_mark_is_no_mistake() => Compiled.From(("Net.model.json", "\uFEFF" + Sound)).AssertClean();

    [Fact]
    public void A_file_that_has_no_name_but_its_ending()
    {
        Assert.Equal("MG1007", Assert.Single(Compiled.From((".model.json", Sound)).Diagnostics).Id);
        Compiled.From((".model.json", """{ "name": "Net", "input": [4], "layers": ["relu"] }""")).AssertClean();
    }

    [Fact]
    public void Of_a_file_that_cant_be_read_the_compiler_speaks()
    {
        var driver = Compiled.Driver([]).AddAdditionalTexts([new Unreadable(), new Compiled.SpecFile("Net.model.json", Sound)]);

        Assert.Equal(["Demo.Net.Module.g.cs"], Compiled.From(driver, Compiled.Project([])).AssertClean().Files.Keys);
    }

    [Fact]
    public void Ten_thousand_layers_as_attributes()
    {
        var layers = string.Join(", ", Enumerable.Repeat("ReLU", 10_000));
        var compiled = Compiled.From(("Net.cs", $"using ModelGen;\n[Model, Input(4), {layers}]\ninternal partial class Net;"));

        Assert.Equal("MG1010", Assert.Single(compiled.Diagnostics).Id);
    }

    [Theory]
    [InlineData("{ \"name\": \"act\", \"relu\": {} }")]
    [InlineData("{ \"linear\": 4 }")]
    [InlineData("\"rellu\"")]
    [InlineData("{ \"linear\": 4, \"in_features\": 5 }")]
    public void A_mistake_in_each_of_5000_layers_costs_no_more_than_5000_mistakes(string layer)
    {
        var text = $$"""{ "input": [4], "layers": [{{string.Join(", ", Enumerable.Repeat(layer, ModelChecker.MaxLayers))}}] }""";
        var spec = JsonSpecReader.Read("Net.model.json", text, "Demo").Spec!;

        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.NotEmpty(ModelChecker.Check(spec).Findings);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 500 << 20);
    }

    [Theory]
    [InlineData("public partial class ;")]
    [InlineData("public partial class Outer { [Model, Input(4), ReLU] public partial class { } }")]
    [InlineData("public partial class { [Model, Input(4), ReLU] public partial class Net; }")]
    [InlineData("public partial class Net")]
    [InlineData("namespace { [ModelGen.Model, ModelGen.Input(4), ModelGen.ReLU] public partial class Net; }")]
    public void A_class_that_is_still_being_typed(string declaration)
    {
        var compiled = Compiled.From(("Net.cs", $"using ModelGen;\n[Model, Input(4), ReLU]\n{declaration}"));

        Assert.All(compiled.Run.Results, result => Assert.Null(result.Exception));
        Assert.Empty(compiled.Report());
        Assert.All(compiled.Run.GeneratedTrees, Expect.SoundCode);
    }

    [Fact]
    public void Attributes_of_the_project_with_the_names_of_ours()
    {
        var compiled = Compiled.Leniently(("Net.cs", """
            using ModelGen;
            [Model, Input, Conv2d("x"), Training]
            internal partial class Net;
            namespace ModelGen
            {
                internal class InputAttribute : System.Attribute;
                internal class Conv2dAttribute(object any) : System.Attribute { public object Any { get; } = any; }
                internal class TrainingAttribute : System.Attribute;
            }
            """));

        Assert.All(compiled.Run.Results, result => Assert.Null(result.Exception));
        Assert.All(compiled.Diagnostics, diagnostic => Assert.StartsWith("MG", diagnostic.Id, StringComparison.Ordinal));
    }

    private static string Nested(char open, char close, int levels) => new string(open, levels) + new string(close, levels);

    /// <summary>What the compiler hands on for a folder, or for a file that another program holds.</summary>
    private sealed class Unreadable : AdditionalText
    {
        public override string Path => "Folder.model.json";

        public override SourceText? GetText(CancellationToken cancellationToken = default) => null;
    }
}
