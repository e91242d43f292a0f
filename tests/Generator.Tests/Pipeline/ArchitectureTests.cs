using System.Text.RegularExpressions;

namespace ModelGen.Tests.Pipeline;

/// <summary>Data flows one way: readers, checker, emitters. What stands behind a stage does not know it.</summary>
public sealed partial class ArchitectureTests
{
    [Theory]
    [InlineData("Layers", "Microsoft.CodeAnalysis", "ModelGen.Specs.Json", "ModelGen.Emit.Torch")]
    [InlineData("Graph", "Microsoft.CodeAnalysis", "ModelGen.Specs.Json", "ModelGen.Emit")]
    [InlineData("Training", "Microsoft.CodeAnalysis", "ModelGen.Specs.Json", "ModelGen.Emit.Torch")]
    [InlineData("Emit", "Microsoft.CodeAnalysis", "ModelGen.Specs.Json", "ModelGen.Diagnostics")]
    [InlineData("Specs", "ModelGen.Graph", "ModelGen.Emit")]
    [InlineData("Specs/Json", "Microsoft.CodeAnalysis", "ModelGen.Layers", "ModelGen.Graph")]
    public void A_stage_knows_only_what_stands_before_it(string folder, params string[] unknown)
    {
        var files = Directory.GetFiles(Path.Combine(Repository.Root, "src/Generator", folder), "*.cs", SearchOption.AllDirectories);

        Assert.NotEmpty(files);
        Assert.Empty(files.SelectMany(file => Usings().Matches(File.ReadAllText(file)).Select(match => match.Groups[1].Value)
            .Where(name => unknown.Any(prefix => name == prefix || name.StartsWith(prefix + ".", StringComparison.Ordinal)))
            .Select(name => $"{Path.GetFileName(file)} uses {name}")));
    }

    [Fact]
    public void Only_one_assembly_references_TorchSharp() =>
        Assert.DoesNotContain("TorchSharp", File.ReadAllText(Path.Combine(Repository.Root, "src/Runtime/ModelGen.Runtime.csproj")), StringComparison.Ordinal);

    [Fact]
    public void No_source_file_is_longer_than_400_lines() =>
        Assert.DoesNotContain(
            Directory.GetFiles(Path.Combine(Repository.Root, "src"), "*.cs", SearchOption.AllDirectories),
            file => !file.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}", StringComparison.Ordinal) && File.ReadLines(file).Count() > 400);

    [GeneratedRegex(@"^using (?:static )?([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Usings();
}
