using Microsoft.CodeAnalysis;
using ModelGen.Tests.Specs;

namespace ModelGen.Tests.Passes;

/// <summary>How a spec, or a build, asks for the plain form; and how the generated file says which it is.</summary>
public sealed class CompileSettingTests
{
    private const string Head = "// Optimized: max-pooling before its activation, activations in place. [Compile(Optimize = false)] or \"compile\": { \"optimize\": false } leaves that out.";

    public static TheoryData<string, string> Json { get; } = new()
    {
        { "{ ⟦\"optimise\"⟧: false }", "MG1003: compile has no property 'optimise'; did you mean 'optimize'?" },
        { "{ \"optimize\": ⟦0⟧ }", "MG1004: 'optimize' of compile is 0, but takes true or false." },
        { "{ \"optimize\": ⟦\"no\"⟧ }", "MG1004: 'optimize' of compile is 'no', but takes true or false." },
        { "{ \"optimize\": true, \"optimize\": ⟦false⟧ }", "MG1006: 'optimize' is set twice in compile: keep one." },
        { "⟦false⟧", "MG1004: 'compile' of the spec is false, but takes an object: { \"optimize\": false }." },
    };

    [Theory, MemberData(nameof(Json))]
    public void A_mistake_in_a_file_is_shown_at_its_place(string section, string message)
    {
        var text = MarkedText.Parse($$"""{ "input": [4, 8, 8], "layers": ["relu"], "compile": {{section}} }""");

        Assert.Equal([$"Net.model.json({Assert.Single(text.Places)}): error {message}"], Compiled.From(("Net.model.json", text.Text)).Report());
    }

    [Fact]
    public void A_second_section_is_refused()
    {
        var text = MarkedText.Parse("""{ "input": [4, 8, 8], "layers": ["relu"], "compile": {}, "compile": ⟦{ "optimize": false }⟧ }""");

        Assert.Equal([$"Net.model.json({Assert.Single(text.Places)}): error MG1006: 'compile' is set twice in the spec: keep one."], Compiled.From(("Net.model.json", text.Text)).Report());
    }

    // What an attribute has, the compiler checks itself.
    [Theory]
    [InlineData("Compile(Optimise = false)", "CS0246")]
    [InlineData("Compile(Optimize = 0)", "CS0029")]
    [InlineData("Compile, Compile(Optimize = false)", "CS0579")]
    public void A_mistake_in_an_attribute_is_the_compilers_to_refuse(string attribute, string id)
    {
        var compiled = Compiled.From(("Net.cs", Attributes(attribute)));

        Assert.Empty(compiled.Report());
        Assert.Equal(id, Assert.Single(compiled.Output.GetDiagnostics(), diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Id);
    }

    [Fact]
    public void An_attribute_that_sets_it_twice_is_refused_there()
    {
        var text = MarkedText.Parse(Attributes("Compile(Optimize = ⟦true⟧, Optimize = false)"));

        Assert.Equal([$"Net.cs({Assert.Single(text.Places)}): error MG1006: 'optimize' is set twice in compile: keep one."], Compiled.From(("Net.cs", text.Text)).Report());
    }

    [Theory]
    [InlineData("Compile", true)]
    [InlineData("Compile(Optimize = true)", true)]
    [InlineData("Compile(Optimize = false)", false)]
    public void Attributes_choose_the_form(string attribute, bool isOptimized) => AssertForm(isOptimized, Compiled.From(("Net.cs", Attributes(attribute))));

    [Theory]
    [InlineData("{}", true)]
    [InlineData("{ \"optimize\": true }", true)]
    [InlineData("{ \"optimize\": false }", false)]
    public void Json_chooses_the_form(string section, bool isOptimized) => AssertForm(isOptimized, Compiled.From(("Net.model.json", JsonOf(section))));

    [Theory]
    [InlineData("false", false)]
    [InlineData("False", false)]
    [InlineData("true", true)]
    [InlineData("", true)]
    public void A_build_chooses_it_for_all_specs(string property, bool isOptimized)
    {
        (string, string)[] files = [("Net.model.json", JsonOf("{ \"optimize\": true }")), ("Other.cs", Attributes("Compile").Replace("Net", "Other", StringComparison.Ordinal))];
        var driver = Compiled.Driver(files).WithUpdatedAnalyzerConfigOptions(new Compiled.BuildProperties("Demo", ("build_property.ModelGenOptimize", property)));

        AssertForm(isOptimized, Compiled.From(driver, Compiled.Project(files)));
    }

    [Fact]
    public void A_build_does_not_optimise_what_its_spec_wants_plain()
    {
        (string, string)[] files = [("Net.model.json", JsonOf("{ \"optimize\": false }"))];
        var driver = Compiled.Driver(files).WithUpdatedAnalyzerConfigOptions(new Compiled.BuildProperties("Demo", ("build_property.ModelGenOptimize", "true")));

        AssertForm(false, Compiled.From(driver, Compiled.Project(files)));
    }

    private static string JsonOf(string section) => $$"""{ "input": [4, 8, 8], "layers": ["relu", { "max_pool2d": 2 }], "compile": {{section}} }""";

    private static string Attributes(string attribute) =>
        $"using ModelGen;\nnamespace Demo;\n/// <summary>A network.</summary>\n[Model, Input(4, 8, 8), ReLU, MaxPool2d(2), {attribute}]\npublic partial class Net;\n";

    private static void AssertForm(bool isOptimized, Compiled compiled) => Assert.All(
        compiled.AssertClean().Files.Values, text => Assert.Equal(isOptimized ? Head : "#nullable enable", text.Split('\n')[2]));
}
