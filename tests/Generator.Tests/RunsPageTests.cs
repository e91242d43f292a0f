using System.Text.RegularExpressions;

namespace ModelGen.Tests;

/// <summary>What docs/runs.md says is so: its code compiles, and it names every option that there is.</summary>
public sealed partial class RunsPageTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Repository.Root, "docs/runs.md"));

    [Fact]
    public void Its_code_compiles()
    {
        var blocks = Code().Matches(Page).Select(match => match.Groups[1].Value).ToArray();

        Assert.Equal(3, blocks.Length);
        Assert.All(blocks, block =>
        {
            var isPart = block.Contains("partial class", StringComparison.Ordinal);
            (string, string) network = ("ConvNet.cs", isPart ? SeedSpecs.Attributes.Text.Replace("namespace Demo;", "", StringComparison.Ordinal) : SeedSpecs.Attributes.Text);
            (string, string) code = ("Block.cs", isPart ? block : "using Demo;\n" + block);
            (isPart ? Compiled.From(network, code) : Compiled.FromProgram(network, code)).AssertClean();
        });
    }

    [Fact]
    public void It_names_every_option()
    {
        using var program = new EmittedProgram("return Demo.ConvNet.Run(args);", SeedSpecs.Json);
        var help = program.Run("train", "--help").Out;
        var options = Option().Matches(help).Select(match => match.Value).Where(option => option is not "--help").Distinct().ToArray();

        Assert.True(options.Length > 15, help);
        Assert.All(options, option => Assert.Matches($"`{option}[` ]", Page));
    }

    [GeneratedRegex("```csharp\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Code();

    [GeneratedRegex("--[a-z]+(-[a-z]+)*")]
    private static partial Regex Option();
}
