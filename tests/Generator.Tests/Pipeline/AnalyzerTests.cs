using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ModelGen.Tests.Pipeline;

/// <summary>Of attributes the analyzer says what is wrong, of files the generator: each rule has one owner, and the editor gets real places.</summary>
public sealed class AnalyzerTests
{
    private const string Attributes = "using ModelGen;\n[Model, Input(4), Linear(3, InFeatures = 5)]\npublic partial class Net;\n";

    private static readonly (string Path, string Text) Json = ("Other.model.json", """{ "input": [4], "layers": [{ "linear": 3, "in_features": 5 }] }""");

    [Fact]
    public void A_mistake_in_attributes_is_reported_in_the_tree_itself()
    {
        var location = Assert.Single(Compiled.From(("Net.cs", Attributes)).Diagnostics).Location;

        Assert.Equal(LocationKind.SourceFile, location.Kind);
        Assert.Equal("5", location.SourceTree!.GetText().ToString(location.SourceSpan));
    }

    [Fact]
    public void Each_mistake_has_one_owner()
    {
        var compiled = Compiled.From(("Net.cs", Attributes), Json);

        Assert.Equal(["Other.model.json"], compiled.Run.Diagnostics.Select(diagnostic => diagnostic.Location.GetLineSpan().Path));
        Assert.Equal(["Net.cs", "Other.model.json"], compiled.Diagnostics.Select(diagnostic => diagnostic.Location.GetLineSpan().Path).Order());
    }

    [Theory]
    [InlineData("#pragma warning disable MG3007\n", "")]
    [InlineData("[System.Diagnostics.CodeAnalysis.SuppressMessage(\"ModelGen\", \"MG3007\")]\n", "")]
    [InlineData("", "Net.cs(2,30,2,39): warning MG3007")]
    public void A_warning_is_silenced_where_it_stands(string silence, string expected)
    {
        var report = string.Join("\n", Compiled.Leniently(("Net.cs", "using ModelGen;" + (silence.Length > 0 ? "\n" + silence : "\n") + "[Model, Input(4), Linear(3), Linear(4)]\npublic partial class Net;\n")).Report());

        Assert.StartsWith(expected, report, StringComparison.Ordinal);
        Assert.Equal(expected.Length == 0, report.Length == 0);
    }

    [Fact]
    public void Every_rule_has_a_descriptor_of_its_own()
    {
        var descriptors = new ModelAnalyzer().SupportedDiagnostics;

        Assert.Equal(ModelGen.Diagnostics.Rules.All.Select(rule => rule.Id), descriptors.Select(descriptor => descriptor.Id));
        Assert.Equal(descriptors.Length, descriptors.Select(descriptor => descriptor.Id).Distinct().Count());
    }

    [Theory]
    [InlineData("/home/ann/.nuget/packages/modelgen/1.0.0/docs/", "file:///home/ann/.nuget/packages/modelgen/1.0.0/docs/diagnostics/MG2003.md")]
    // In sources that have no package there is no page to name.
    [InlineData("", "")]
    public async Task A_mistake_links_to_its_page_in_the_package(string docs, string link)
    {
        var properties = new Compiled.BuildProperties("Demo", ("build_property.ModelGenDocs", docs));
        var project = Compiled.Project([("Net.cs", Attributes)]);
        var run = CSharpGeneratorDriver.Create([new ModelGenerator().AsSourceGenerator()], [new Compiled.SpecFile(Json.Path, Json.Text)], optionsProvider: properties).RunGenerators(project).GetRunResult();
        var analysis = await project.WithAnalyzers([new ModelAnalyzer()], new AnalyzerOptions([], properties)).GetAnalyzerDiagnosticsAsync();

        Assert.Equal([link, link], run.Diagnostics.Concat(analysis).Select(diagnostic => diagnostic.Descriptor.HelpLinkUri));
    }

    [Fact]
    public void A_class_that_is_declared_in_both_forms_is_reported_by_the_generator_which_alone_sees_both()
    {
        var project = Compiled.From(
            ("Net.cs", "using ModelGen;\nnamespace Demo;\n[Model, Input(4), Linear(3)]\npublic partial class Net;\n"), ("Net.model.json", """{ "input": [4], "layers": [{ "linear": 3 }] }"""));

        Assert.Equal(2, project.Run.Diagnostics.Count(diagnostic => diagnostic.Id == "MG1011"));
        Assert.Equal(2, project.Diagnostics.Length);
    }
}
