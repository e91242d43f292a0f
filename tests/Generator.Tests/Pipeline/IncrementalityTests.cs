using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace ModelGen.Tests.Pipeline;

/// <summary>What an edit costs: why each step ran, asked of the driver.</summary>
public sealed class IncrementalityTests
{
    private static readonly (string Path, string Text) Json = (SeedSpecs.Json.Path, SeedSpecs.Json.Text.Replace("ConvNet", "JsonNet", StringComparison.Ordinal));
    private static readonly (string Path, string Text)[] Files = [SeedSpecs.Attributes, Json];

    [Fact]
    public void An_unrelated_edit_reads_no_json_and_emits_nothing()
    {
        var project = Compiled.Project(Files);
        var first = Compiled.Driver(Files).RunGenerators(project);

        var second = first.RunGenerators(project.AddSyntaxTrees(Parse("internal class Unrelated;", "Unrelated.cs")));

        Assert.Equal([IncrementalStepRunReason.Cached], Reasons(second, TrackingNames.JsonReadings));
        Assert.Equal([IncrementalStepRunReason.Unchanged], Reasons(second, TrackingNames.AttributeReadings));
        AssertNothingEmitted(second);
    }

    [Fact]
    public void A_class_that_moved_down_its_file_emits_nothing()
    {
        var project = Compiled.Project(Files);
        var first = Compiled.Driver(Files).RunGenerators(project);
        var tree = project.SyntaxTrees.First();

        var second = first.RunGenerators(project.ReplaceSyntaxTree(tree, Parse("// a line more\n\n" + SeedSpecs.Attributes.Text, tree.FilePath)));

        Assert.Equal([IncrementalStepRunReason.Modified], Reasons(second, TrackingNames.AttributeReadings));
        AssertNothingEmitted(second);
    }

    [Fact]
    public void A_json_spec_with_other_white_space_and_comments_emits_nothing()
    {
        var driver = Compiled.Driver([]);
        var before = new Compiled.SpecFile(Json.Path, Json.Text);
        var project = Compiled.Project([]);
        var first = driver.AddAdditionalTexts([before]).RunGenerators(project);

        var second = first.ReplaceAdditionalText(before, new Compiled.SpecFile(Json.Path, "// moved\n" + Json.Text.Replace(": ", ":   ", StringComparison.Ordinal))).RunGenerators(project);

        Assert.Equal([IncrementalStepRunReason.Modified], Reasons(second, TrackingNames.JsonReadings));
        AssertNothingEmitted(second);
    }

    [Fact]
    public void A_json_spec_with_its_keys_in_another_order_emits_nothing()
    {
        var before = new Compiled.SpecFile(Json.Path, Json.Text);
        var project = Compiled.Project([]);
        var first = Compiled.Driver([]).AddAdditionalTexts([before]).RunGenerators(project);
        var text = Json.Text
            .Replace("\"conv2d\": 16, \"kernel_size\": 5, \"padding\": 2", "\"padding\": 2, \"kernel_size\": 5, \"conv2d\": 16", StringComparison.Ordinal)
            .Replace("\"batch_size\": 32, \"epochs\": 20", "\"epochs\": 20, \"batch_size\": 32", StringComparison.Ordinal);

        var second = first.ReplaceAdditionalText(before, new Compiled.SpecFile(Json.Path, text)).RunGenerators(project);

        Assert.NotEqual(Json.Text, text);
        Assert.Equal([IncrementalStepRunReason.Modified], Reasons(second, TrackingNames.JsonReadings));
        AssertNothingEmitted(second);
    }

    [Fact]
    public void A_changed_layer_emits_its_model_and_no_other()
    {
        var driver = Compiled.Driver([]);
        var changing = new Compiled.SpecFile(Json.Path, Json.Text);
        var other = new Compiled.SpecFile("Other.model.json", """{ "input": [4], "layers": ["relu"] }""");
        var project = Compiled.Project([]);
        var first = driver.AddAdditionalTexts([changing, other]).RunGenerators(project);

        var second = first.ReplaceAdditionalText(changing, new Compiled.SpecFile(Json.Path, Json.Text.Replace("\"relu\"", "\"gelu\"", StringComparison.Ordinal))).RunGenerators(project);

        Assert.Equal([IncrementalStepRunReason.Modified, IncrementalStepRunReason.Cached], Reasons(second, TrackingNames.JsonReadings).Order());
        Assert.Equal([IncrementalStepRunReason.Modified, IncrementalStepRunReason.Cached], Reasons(second, TrackingNames.Models).Order());
    }

    [Fact]
    public void A_removed_spec_takes_its_code_away()
    {
        var file = new Compiled.SpecFile(Json.Path, Json.Text);
        var project = Compiled.Project([]);
        var first = Compiled.Driver([]).AddAdditionalTexts([file]).RunGenerators(project);
        Assert.NotEmpty(first.GetRunResult().GeneratedTrees);

        Assert.Empty(first.RemoveAdditionalTexts([file]).RunGenerators(project).GetRunResult().GeneratedTrees);
    }

    [Fact]
    public void What_the_pipeline_keeps_holds_on_to_no_compilation()
    {
        var run = Compiled.Driver(Files).RunGenerators(Compiled.Project(Files)).GetRunResult();
        var kept = new[] { TrackingNames.JsonReadings, TrackingNames.AttributeReadings, TrackingNames.Models, TrackingNames.Findings }
            .SelectMany(name => run.Results[0].TrackedSteps[name]).SelectMany(step => step.Outputs).Select(output => output.Value).ToArray();

        Assert.NotEmpty(kept);
        Assert.DoesNotContain(kept.SelectMany(ObjectGraph.Reachable), ObjectGraph.PinsTheCompilation);
        Assert.Contains(ObjectGraph.Reachable(new { Deep = new object[] { project() } }), ObjectGraph.PinsTheCompilation);

        static object project() => Compiled.Project(Files);
    }

    private static SyntaxTree Parse(string text, string path) => CSharpSyntaxTree.ParseText(text, new CSharpParseOptions(LanguageVersion.CSharp14), path);

    private static IEnumerable<IncrementalStepRunReason> Reasons(GeneratorDriver driver, string step) =>
        driver.GetRunResult().Results[0].TrackedSteps[step].SelectMany(run => run.Outputs).Select(output => output.Reason);

    private static void AssertNothingEmitted(GeneratorDriver driver) =>
        Assert.All(Reasons(driver, TrackingNames.Models), reason => Assert.True(reason is IncrementalStepRunReason.Cached or IncrementalStepRunReason.Unchanged, reason.ToString()));
}
