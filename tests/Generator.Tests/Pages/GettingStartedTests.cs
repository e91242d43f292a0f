namespace ModelGen.Tests.Pages;

/// <summary>What docs/getting-started.md says of its network is so.</summary>
public sealed class GettingStartedTests
{
    private static readonly Page Page = Page.Docs.Single(page => page.Path == "docs/getting-started.md");

    private static CodeBlock[] Networks => [.. Page.Blocks.Where(block => block.IsNetwork)];

    [Fact]
    public void Its_network_is_what_the_template_writes() => Assert.Equal(
        File.ReadAllText(Path.Combine(Repository.Root, "src/Templates/content/Images/Classifier.cs"))
            .Replace("ModelGenNamespace", "Pets", StringComparison.Ordinal).Replace("SIZE", "64", StringComparison.Ordinal).Replace("CLASSES", "2", StringComparison.Ordinal),
        Networks[0].Text);

    [Fact]
    public void It_counts_its_parameters_right()
    {
        var code = string.Join('\n', Compiled.From(("Classifier.cs", Networks[0].Text)).Files.Values);
        var said = Page.Blocks.Single(block => block.Text.StartsWith("Classifier: ", StringComparison.Ordinal)).Text.Split(' ')[1];

        Assert.Contains($"ParameterCount = {said.Replace(",", "", StringComparison.Ordinal)};", code.Replace("_", "", StringComparison.Ordinal), StringComparison.Ordinal);
    }

    [Fact]
    public void Its_error_is_what_the_build_says()
    {
        var wrong = Networks[1].Text.Replace("Linear(2)", "Linear(3)", StringComparison.Ordinal);

        Assert.Equal(
            [Page.Blocks.Single(block => block.Text.Contains("error MG", StringComparison.Ordinal)).Text.TrimEnd()],
            Compiled.From(("Classifier.cs", $"using ModelGen;\n\nnamespace Pets;\n\n{wrong}")).Report());
    }
}
