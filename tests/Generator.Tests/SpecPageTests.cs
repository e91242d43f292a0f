using System.Text.RegularExpressions;
using ModelGen.Graph;
using ModelGen.Specs;

namespace ModelGen.Tests;

/// <summary>
/// What docs/spec.md shows is true. A block of C# with a network, and one of JSON behind it, are the same network side by side; C# without a network
/// stands beside the specs of its section; C# marked as generated is found in the code of one of the page's networks.
/// </summary>
public sealed partial class SpecPageTests
{
    private static readonly string Text = File.ReadAllText(Path.Combine(Repository.Root, "docs/spec.md"));
    private static readonly Example[] Examples = [.. Sections().Split(Text).SelectMany(ExamplesOf)];

    private sealed record Example(string? CSharp, string? Json, string Beside);

    public static TheoryData<int> Numbers { get; } = [.. Enumerable.Range(0, Examples.Length)];

    private static IEnumerable<string> Excerpts =>
        Blocks().Matches(Text).Where(block => block.Groups[1].Value == "csharp generated").Select(block => block.Groups[2].Value);

    [Theory, MemberData(nameof(Numbers))]
    public void Its_specs_compile_and_side_by_side_they_are_one(int number)
    {
        var (attributes, json) = (FromCSharp(Examples[number]), FromJson(Examples[number]));

        if (attributes is not null && json is not null)
            Assert.Equal(json.Values, attributes.Select(file => file.Value.Replace("Net.cs", "Net.model.json", StringComparison.Ordinal)));
    }

    [Fact]
    public void Most_of_it_stands_in_both_forms() => Assert.InRange(Examples.Count(example => example is { CSharp: not null, Json: not null }), 6, 100);

    [Fact]
    public void The_code_that_it_calls_generated_is()
    {
        var generated = Unindented(string.Join('\n', Examples.SelectMany(example => FromJson(example)?.Values ?? [])));

        Assert.Equal(3, Excerpts.Count());
        Assert.All(Excerpts, excerpt => Assert.Contains(Unindented(excerpt), generated, StringComparison.Ordinal));
    }

    [Fact]
    public void Its_ResNet_is_the_zoos()
    {
        var zoo = File.ReadAllText(Path.Combine(Repository.Root, "samples/Zoo/ResNet18.model.json"));
        var shown = Examples.Single(example => example.Json?.Contains("BasicBlock", StringComparison.Ordinal) == true).Json!;

        Assert.Equal(Compiled.From(("Net.model.json", zoo)).AssertClean().Files, Compiled.From(("Net.model.json", shown)).Files);
    }

    [Fact]
    public void Its_table_of_names_is_true()
    {
        var rows = NameRows().Matches(Text);

        Assert.Equal(6, rows.Count);
        Assert.All(rows, row =>
        {
            var (spec, key, property) = (row.Groups[1].Value, row.Groups[2].Value, row.Groups[3].Value);
            var reading = JsonSpecReader.Read("Net.model.json", $$"""
                {
                  "input": [{{(spec.Contains("linear", StringComparison.Ordinal) ? "32" : "3, 32, 32")}}],
                  "blocks": { "Cell": { "parameters": ["channels"], "layers": [{ "conv2d": "channels", "kernel_size": 1 }] } },
                  "layers": [{{spec}}]
                }
                """, "Demo");
            var graph = ModelChecker.Check(reading.Spec!).Graph!;
            var layer = graph.Layers.Single(layer => layer.Key == key[..^".weight".Length]);

            // The property's first and last word; what is between is an index or nothing.
            Assert.Equal(property.Split('.')[0].Split('[')[0], graph.Root.Nodes.Single().Name.Member);
            Assert.Equal(property.Split('.')[^1], layer.Node.Name.Member);
        });
    }

    [Fact]
    public void It_is_short() => Assert.InRange(Text.Count('\n'), 100, 300);

    private static IEnumerable<Example> ExamplesOf(string section)
    {
        var blocks = Blocks().Matches(section).Select(block => (Language: block.Groups[1].Value, Code: block.Groups[2].Value)).ToArray();
        var beside = string.Concat(blocks.Where(block => block.Language == "csharp" && !IsNetwork(block.Code)).Select(block => block.Code));
        for (var i = 0; i < blocks.Length; i++)
        {
            var (language, code) = blocks[i];
            var isPair = i + 1 < blocks.Length && blocks[i + 1].Language == "jsonc";
            if (language == "csharp" && IsNetwork(code))
                yield return new Example(code, isPair ? blocks[++i].Code : null, beside);
            else if (language == "jsonc")
                yield return new Example(null, code, beside);
        }
    }

    private static bool IsNetwork(string code) => code.Contains("[Model", StringComparison.Ordinal);

    private static IReadOnlyDictionary<string, string>? FromCSharp(Example example) => example.CSharp is null ? null :
        Compiled.From(("Net.cs", Source(example.CSharp)), ("Beside.cs", Source(example.Beside))).AssertClean().Files;

    private static IReadOnlyDictionary<string, string>? FromJson(Example example) => example.Json is null ? null :
        Compiled.From(("Net.model.json", example.Json), ("Beside.cs", Source(example.Beside))).AssertClean().Files;

    private static string Source(string code) => code.Length == 0 ? "" : $"using ModelGen;\n\nnamespace Demo;\n\n{code}";

    private static string Unindented(string code) => string.Join('\n', code.Split('\n').Select(line => line.Trim()));

    [GeneratedRegex("^(?=## )", RegexOptions.Multiline)]
    private static partial Regex Sections();

    [GeneratedRegex("^```(csharp generated|csharp|jsonc)\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Blocks();

    [GeneratedRegex(@"^\| `(\{.*?\})`[^|`]* \| `([\w.]+)` \| `([\w.\[\]]+)` \|$", RegexOptions.Multiline)]
    private static partial Regex NameRows();
}
