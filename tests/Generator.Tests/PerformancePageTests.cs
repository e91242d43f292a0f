using System.Text.RegularExpressions;
using ModelGen.Graph.Passes;

namespace ModelGen.Tests;

/// <summary>What docs/performance.md shows is true: its settings give the plain form, and it names every pass.</summary>
public sealed partial class PerformancePageTests
{
    private static readonly string Text = File.ReadAllText(Path.Combine(Repository.Root, "docs/performance.md"));

    private static IEnumerable<string> Blocks(string language) =>
        AllBlocks().Matches(Text).Where(block => block.Groups[1].Value == language).Select(block => block.Groups[2].Value);

    [Fact]
    public void Its_setting_gives_the_plain_form()
    {
        var (spec, setting) = (Blocks("csharp").First(), Blocks("csharp").Last());
        var plain = Module(spec.Replace("[Model,", setting.TrimEnd() + "\n[Model,", StringComparison.Ordinal));

        Assert.Contains("using var conv1 = Conv1.call(input);", plain, StringComparison.Ordinal);
        Assert.DoesNotContain("Optimized", plain, StringComparison.Ordinal);
    }

    [Fact]
    public void It_names_every_pass() => Assert.All(Pass.All, pass => Assert.Contains($"| {pass.Name} |", Text, StringComparison.Ordinal));

    private static string Module(string spec) => Compiled.From(("Net.cs", $"using ModelGen;\n\nnamespace Demo;\n\n{spec}")).AssertClean().Files["Demo.Net.Module.g.cs"];

    [GeneratedRegex("^```(csharp)\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex AllBlocks();
}
