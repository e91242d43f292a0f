using ModelGen.Emit;
using ModelGen.Graph;
using ModelGen.Specs;

namespace ModelGen.Tests.Robustness;

/// <summary>Any JSON gives code or findings with a place in the file; never an exception, and never more work than its length explains.</summary>
public sealed class JsonFuzzTests
{
    private const string Path = "specs/Net.model.json";

    // What trying fixes may cost beside reading, checking and writing, which the length explains.
    private const long BytesOfAny = 64 << 20;

    private const long BytesPerCharacter = 4 << 10;

    // Compiling what is written is the dearest: of some, many at once.
    private const int CompiledOfEach = 8;

    private const int SpecsOfOneCompilation = 100;

    private static readonly Microsoft.CodeAnalysis.Compilation Project = Compiled.Project([]);

    [Fact]
    public void Changed_specs()
    {
        var sound = 0;
        var compiled = new List<string>();
        Fuzz.Try(Fuzz.JsonSpecs, JsonSpecs.Next, (text, number) =>
        {
            sound += AssertHandled(text) ? 1 : 0;
            if (number % CompiledOfEach == 0)
                compiled.Add(text);
            if (compiled.Count == SpecsOfOneCompilation)
            {
                AssertCompile(compiled);
                compiled.Clear();
            }

            // The driver costs as much as fifty specs, and adds to them how exceptions and names of files are taken.
            if (number % 50 == 0)
                AssertDriven(text);
        });
        Fuzz.AssertVaried(Fuzz.JsonSpecs, sound);
    }

    [Fact]
    public void Sound_specs_stay_sound() => Assert.All(SoundSpecs.Json, text =>
    {
        Assert.DoesNotContain(ModelChecker.Check(JsonSpecReader.Read(Path, text, "Demo").Spec!).Findings, finding => finding.Rule.Severity == ModelGen.Diagnostics.Severity.Error);
        Assert.True(AssertHandled(text));
        AssertDriven(text);
    });

    /// <summary>Whether the spec was sound.</summary>
    private static bool AssertHandled(string text)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var reading = JsonSpecReader.Read(Path, text, "Demo");
        var model = reading.Spec is { } spec ? ModelChecker.Check(spec) : null;
        var files = model is null ? [] : Backends.Emit(reading.Spec!, model).ToArray();
        var bytes = GC.GetAllocatedBytesForCurrentThread() - before;

        var findings = reading.Findings.Concat(model?.Findings ?? []).ToArray();
        Assert.InRange(bytes, 0, BytesOfAny + (BytesPerCharacter * text.Length));
        Assert.True(model?.Graph is not null || findings.Length > 0, "neither code nor a finding");
        Expect.PlacesInside(text, reading, findings);
        if (model is { Graph: not null } or { Outline: not null })
            Assert.NotEmpty(files);
        Assert.All(files, file => Expect.SoundCode(file.Text.ToString()));
        return model?.Graph is not null;
    }

    /// <summary>What is written compiles, of sound specs and of others; each in a namespace of its own. Nobody knows a custom layer's class.</summary>
    private static void AssertCompile(List<string> texts)
    {
        const string Custom = "namespace Fuzz { public sealed class Scale(params object[] arguments) : TorchSharp.torch.nn.Module<TorchSharp.torch.Tensor, TorchSharp.torch.Tensor>(\"\") { public override TorchSharp.torch.Tensor forward(TorchSharp.torch.Tensor input) => input; } }";
        var files = texts.Select((text, i) =>
        {
            var reading = JsonSpecReader.Read(Path, text, "Demo");
            return reading.Spec is not { } spec || text.Contains("\"custom\"", StringComparison.Ordinal) && !text.Contains("\"Fuzz.Scale\"", StringComparison.Ordinal)
                ? []
                : Backends.Emit(spec with { Namespace = $"N{i}" }, ModelChecker.Check(spec with { Namespace = $"N{i}" })).Select(file => ($"{i}.{file.HintName}.cs", file.Text.ToString())).ToArray();
        }).ToArray();
        var errors = Compiled.Project(files.SelectMany(file => file).Append(("Fuzz.cs", Custom))).GetDiagnostics()
            .Where(diagnostic => diagnostic.DefaultSeverity == Microsoft.CodeAnalysis.DiagnosticSeverity.Error).ToArray();
        Assert.True(errors.Length == 0, errors.Length == 0 ? "" : $"{errors[0]}\n{texts[int.Parse(errors[0].Location.GetLineSpan().Path.Split('.')[0], System.Globalization.CultureInfo.InvariantCulture)]}");
    }

    private static void AssertDriven(string text)
    {
        var result = Assert.Single(Compiled.Driver([(Path, text)]).RunGenerators(Project).GetRunResult().Results);

        Assert.Null(result.Exception);
        Assert.All(result.Diagnostics, diagnostic => Assert.StartsWith("MG", diagnostic.Id, StringComparison.Ordinal));
        Assert.True(result.GeneratedSources.Length > 0 || result.Diagnostics.Length > 0, "neither code nor a diagnostic");
    }
}
