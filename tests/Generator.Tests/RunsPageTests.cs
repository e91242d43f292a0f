using System.Text.RegularExpressions;

namespace ModelGen.Tests;

/// <summary>What docs/runs.md says is so: it names every option that there is.</summary>
public sealed partial class RunsPageTests
{
    private static readonly string Page = File.ReadAllText(Path.Combine(Repository.Root, "docs/runs.md"));

    [Fact]
    public void It_names_every_option()
    {
        using var program = new EmittedProgram("return Demo.ConvNet.Run(args);", SeedSpecs.Json);
        var help = program.Run("train", "--help").Out;
        var options = Option().Matches(help).Select(match => match.Value).Where(option => option is not "--help").Distinct().ToArray();

        Assert.True(options.Length > 15, help);
        Assert.All(options, option => Assert.Matches($"`{option}[` ]", Page));
    }

    [GeneratedRegex("--[a-z0-9]+(-[a-z]+)*")]
    private static partial Regex Option();
}
