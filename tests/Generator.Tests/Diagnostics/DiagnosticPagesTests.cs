using Microsoft.CodeAnalysis;
using ModelGen.Diagnostics;

namespace ModelGen.Tests.Diagnostics;

/// <summary>Every rule has a page; its wrong specs give exactly the reports it shows, at exactly those places, and its right ones give none.</summary>
public sealed class DiagnosticPagesTests
{
    /// <summary>Mistakes that only a file can have: in attributes the compiler finds them, or they have no place there.</summary>
    private static readonly string[] OnlyInJson = ["MG1001", "MG1002", "MG1020", "MG1021", "MG1022"];

    /// <summary>Mistakes of the class that carries the attributes.</summary>
    private static readonly string[] OnlyInAttributes = ["MG1009", "MG1012", "MG1013", "MG1014", "MG1023", "MG1025"];

    public static TheoryData<string> Ids { get; } = [.. Rules.All.Select(rule => rule.Id)];

    [Theory, MemberData(nameof(Ids))]
    public void Says_what_the_build_says(string id)
    {
        var rule = Rules.All.Single(rule => rule.Id == id);
        var page = new DiagnosticPage(id);

        Assert.Equal($"# {id}: {rule.Title}", page.Title);
        Assert.Equal(rule.Severity.ToString(), page.Severity);
        Assert.True(File.Exists(Path.Combine(Repository.Root, "docs", rule.Page)), rule.Page);
        Assert.Equal(OnlyInJson.Contains(id), page.Wrong.All(example => example.Files.All(file => file.Path == "Net.model.json")));
        Assert.Equal(OnlyInAttributes.Contains(id), page.Wrong.All(example => example.Files.All(file => file.Path == "Net.cs")));
        page.AssertReports([.. page.Wrong.Select(example => Report(example.Files, rule))]);
    }

    [Theory, MemberData(nameof(Ids))]
    public void Shows_how_it_is_right(string id)
    {
        var page = new DiagnosticPage(id);

        Assert.Equal(page.Wrong.SelectMany(example => example.Files).Select(file => file.Path).Distinct().Order(), page.Right.Select(file => file.Path).Order());
        // Together, as one project: a page may be about two specs. The class of the attributes is in no namespace, that of the file in one.
        var compiled = Compiled.Leniently([.. page.Right]);
        Assert.Equal([], compiled.Report());
        Assert.DoesNotContain(compiled.Report(DiagnosticSeverity.Info), line => line.Contains(id, StringComparison.Ordinal));
        Assert.DoesNotContain(compiled.Output.GetDiagnostics(), diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
    }

    [Fact]
    public void The_list_of_pages_is_derived_from_the_rules()
    {
        var rows = Rules.All.Select(rule => $"| [{rule.Id}]({rule.Id}.md) | {rule.Severity.ToString().ToLowerInvariant()} | {rule.Title} |");

        Repository.AssertDerived("docs/diagnostics/README.md", $"""
            # What a build can say

            <!-- Derived from src/Generator/Diagnostics/Rules.cs by a test; change it there and run the tests with MODELGEN_UPDATE=1. -->

            MG1xxx is about the words of a spec, MG2xxx about its shapes and costs, MG3xxx about training, MG4xxx about data. In C# a warning or a remark
            is silenced where it stands, by `#pragma warning disable`; those in `.model.json` files by `NoWarn` in the project. `.editorconfig` and
            `.globalconfig` set their severities. An error can't be switched off.

            | id | severity | what is wrong |
            |---|---|---|
            {string.Join("\n", rows)}

            """.Replace("\r\n", "\n", StringComparison.Ordinal));
    }

    // A page shows its own rule; what else would be said of the example must be no more than remarks.
    private static string Report((string Path, string Text)[] files, Rule rule)
    {
        var compiled = Compiled.Leniently(files);
        var lines = compiled.Report(DiagnosticSeverity.Info).Where(line => line.Contains($" {rule.Id}: ", StringComparison.Ordinal)).ToArray();
        Assert.NotEmpty(lines);
        Assert.Equal(rule.Severity == Severity.Info ? [] : lines, compiled.Report());
        return string.Join("\n", lines);
    }
}
