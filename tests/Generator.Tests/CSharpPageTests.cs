using System.Text.RegularExpressions;

namespace ModelGen.Tests;

/// <summary>The code that docs/csharp.md calls generated is.</summary>
public sealed partial class CSharpPageTests
{
    [Fact]
    public void The_code_that_it_calls_generated_is()
    {
        var text = File.ReadAllText(Path.Combine(Repository.Root, "docs/csharp.md"));
        string[] Blocks(string language) => [.. AllBlocks().Matches(text).Where(block => block.Groups[1].Value == language).Select(block => block.Groups[2].Value)];

        var files = Compiled.From(("Net.cs", $"using ModelGen;\n\nnamespace Demo;\n\n{Blocks("csharp").First()}")).AssertClean().Files;
        Assert.All(Blocks("csharp generated"), code => Assert.Contains(files.Values, file => Unindented(file).Contains(Unindented(code).TrimEnd(), StringComparison.Ordinal)));
    }

    private static string Unindented(string code) => string.Join('\n', code.Split('\n').Select(line => line.Trim()));

    [GeneratedRegex("^```(csharp generated|csharp)\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex AllBlocks();
}
