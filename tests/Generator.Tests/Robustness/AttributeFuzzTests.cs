using System.Globalization;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace ModelGen.Tests.Robustness;

/// <summary>Any C# gives code or diagnostics with a place in it; neither the generator nor the analyzer fails.</summary>
public sealed class AttributeFuzzTests
{
    // A compilation costs more than what is in it.
    private const int ProgramsOfOneCompilation = 100;

    [Fact]
    public async Task Random_programs()
    {
        var sound = 0;
        for (var done = 0; done < Fuzz.AttributeSpecs; done += ProgramsOfOneCompilation)
        {
            var numbers = Enumerable.Range(done, Math.Min(ProgramsOfOneCompilation, Fuzz.AttributeSpecs - done));
            // What the compiler makes of the whole, with the generated parts, is the dearest: of every tenth compilation.
            var which = $"MODELGEN_FUZZ=250 MODELGEN_FUZZ_SEED={Fuzz.SeedOf(done)} repeats it";
            sound += (await AssertHandled([.. numbers.Select(number => Program(number, number - done))], which, withCode: done % 1_000 == 0)).Sound;
        }

        Fuzz.AssertVaried(Fuzz.AttributeSpecs, sound);
    }

    [Fact]
    public async Task Sound_programs_stay_sound()
    {
        var programs = SoundSpecs.Attributes.Select((attributes, i) =>
            $"using ModelGen;\nnamespace N{i};\n{SoundSpecs.Blocks}\n[Model, {attributes}]\npublic partial class Net;");
        var (models, found) = await AssertHandled([.. programs], "sound", withCode: true);

        Assert.Equal(SoundSpecs.Attributes.Count, models);
        Assert.All(found, diagnostic => Assert.NotEqual(DiagnosticSeverity.Error, diagnostic.Severity));
    }

    /// <summary>How many were sound, and what was found wrong with the others.</summary>
    private static async Task<(int Sound, IReadOnlyCollection<Diagnostic> Found)> AssertHandled(
        IReadOnlyList<string> programs, string which, bool withCode)
    {
        var project = Compiled.Project(programs.Select((text, i) => ($"Net{i.ToString(CultureInfo.InvariantCulture)}.cs", text)));
        var run = Assert.Single(Compiled.Driver([]).RunGeneratorsAndUpdateCompilation(project, out var output, out _).GetRunResult().Results);
        var analyzed = withCode ? output : project;
        var found = await analyzed.WithAnalyzers([new ModelAnalyzer()]).GetAnalyzerDiagnosticsAsync();
        try
        {
            Assert.Null(run.Exception);
            Assert.All(run.Diagnostics, diagnostic => Assert.Equal("MG1011", diagnostic.Id));
            Expect.PlacesInside(analyzed, found);
            Assert.All(run.GeneratedSources, source => Expect.SoundCode(source.SyntaxTree));
        }
        catch (Exception failure)
        {
            throw new InvalidOperationException($"{which}: {failure.Message}", failure);
        }

        return (run.GeneratedSources.Count(IsModule), found);
    }

    private static bool IsModule(GeneratedSourceResult source) =>
        source.HintName.EndsWith(".Module.g.cs", StringComparison.Ordinal)
        && !source.SourceText.ToString().Contains("has mistakes", StringComparison.Ordinal);

    private static string Program(int number, int place) =>
        AttributePrograms.Next(new Random(Fuzz.SeedOf(number)), $"N{place.ToString(CultureInfo.InvariantCulture)}");
}
