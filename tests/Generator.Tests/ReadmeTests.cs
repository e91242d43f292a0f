using System.Text.RegularExpressions;

namespace ModelGen.Tests;

/// <summary>What README shows is true: its specs compile, the code it calls generated is, and the error is what the build says.</summary>
public sealed class ReadmeTests
{
    private static readonly string Text = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));
    private static readonly string[] CSharp = [.. Blocks("csharp")];

    private static string Spec => CSharp.Single(block => block.Contains("[Model", StringComparison.Ordinal));

    [Fact]
    public void Its_spec_is_the_samples() => Assert.Equal(File.ReadAllText(Path.Combine(Repository.Root, "samples/Mnist/ConvNet.cs")), Spec);

    [Fact]
    public void Its_json_spec_is_the_same_network()
    {
        var attributes = Compiled.From(("ConvNet.cs", Spec)).AssertClean().Files;
        var json = Compiled.From(Compiled.Driver([("ConvNet.model.json", Blocks("jsonc").First())], "Mnist"), Compiled.Project([])).AssertClean().Files;

        Assert.Equal(attributes.Select(file => file.Value.Replace("ConvNet.cs", "ConvNet.model.json", StringComparison.Ordinal)), json.Values);
    }

    [Fact]
    public void The_code_it_calls_generated_is()
    {
        var generated = string.Join('\n', Compiled.From(("ConvNet.cs", Spec)).Files.Values);
        var shown = CSharp.Where(block => block.Contains("forward(", StringComparison.Ordinal) || block.Contains("void Step(", StringComparison.Ordinal)).ToArray();

        Assert.Equal(2, shown.Length);
        Assert.All(shown, block => Assert.Contains(Unindented(block), Unindented(generated), StringComparison.Ordinal));
    }

    [Fact]
    public void Its_graph_compiles()
    {
        var specs = Blocks("jsonc").Skip(1).ToArray();

        Assert.Single(specs);
        Assert.All(specs, spec => Compiled.From(("Net.model.json", spec)).AssertClean());
    }

    [Fact]
    public void Its_table_is_what_summary_prints()
    {
        var shown = Blocks("text").Single(block => block.StartsWith("layer ", StringComparison.Ordinal));

        Assert.Contains(Unindented(shown), Unindented(string.Join('\n', Compiled.From(("ConvNet.cs", Spec)).Files.Values)), StringComparison.Ordinal);
    }

    [Fact]
    public void Its_programs_compile()
    {
        var programs = CSharp.Where(block => block.Contains("Run(args)", StringComparison.Ordinal) || block.Contains("Weights.Save", StringComparison.Ordinal)).ToArray();

        Assert.Equal(2, programs.Length);
        Assert.All(programs, program => Compiled.FromProgram(("ConvNet.cs", Spec), ("Program.cs", "using System;\n" + program)).AssertClean());
    }

    [Fact]
    public void Its_error_is_what_the_build_says()
    {
        var shown = Blocks("text").Single(block => block.Contains("error MG", StringComparison.Ordinal));

        Assert.Equal([shown.TrimEnd()], Compiled.From(("ConvNet.cs", Spec.Replace("Flatten, ", "", StringComparison.Ordinal))).Report());
    }

    private static IEnumerable<string> Blocks(string language) =>
        Regex.Matches(Text, $"^```{language}\n(.*?)^```$", RegexOptions.Multiline | RegexOptions.Singleline).Select(match => match.Groups[1].Value);

    private static string Unindented(string code) => string.Join('\n', code.Split('\n').Select(line => line.Trim()));
}
