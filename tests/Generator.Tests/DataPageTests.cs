using System.Text.RegularExpressions;

namespace ModelGen.Tests;

/// <summary>What docs/data.md shows is true: its specs are one network in two forms, and its tables are complete.</summary>
public sealed partial class DataPageTests
{
    private static readonly string Text = File.ReadAllText(Path.Combine(Repository.Root, "docs/data.md"));

    private static string Block(string language) => Blocks().Matches(Text).Single(block => block.Groups[1].Value == language).Groups[2].Value;

    [Fact]
    public void Its_specs_are_the_same_network()
    {
        var attributes = Compiled.From(("Net.cs", $"using ModelGen;\n\nnamespace Demo;\n\n{Block("csharp")}")).AssertClean().Files;
        var json = Compiled.From(("Net.model.json", Block("jsonc"))).AssertClean().Files;

        Assert.Equal(json.Values, attributes.Select(file => file.Value.Replace("Net.cs", "Net.model.json", StringComparison.Ordinal)));
    }

    [Fact]
    public void It_names_every_setting_of_the_data() => Assert.All(
        ModelGen.Training.TrainingParameters.ImageFolder.Where(parameter => parameter.Name is not ("classes" or "train_images")),
        parameter => Assert.Contains($"`{parameter.Name}`", Text, StringComparison.Ordinal));

    [Fact]
    public void It_names_every_rule_of_resizing() => Assert.All(
        ModelGen.Training.TrainingParameters.Resize.Choices, rule => Assert.Contains($"| `{rule}`", Text, StringComparison.Ordinal));

    [GeneratedRegex("^```(csharp|jsonc)\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Blocks();
}
