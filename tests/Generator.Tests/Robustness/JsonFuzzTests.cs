using ModelGen.Emit.Torch;
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

    private static readonly Microsoft.CodeAnalysis.Compilation Project = Compiled.Project([]);

    [Fact]
    public void Changed_specs()
    {
        var sound = 0;
        Fuzz.Try(Fuzz.JsonSpecs, JsonSpecs.Next, (text, number) =>
        {
            sound += AssertHandled(text) ? 1 : 0;
            // The driver costs as much as fifty specs, and adds to them how exceptions and names of files are taken.
            if (number % 50 == 0)
                AssertDriven(text);
        });
        Fuzz.AssertVaried(Fuzz.JsonSpecs, sound);
    }

    [Fact]
    public void Sound_specs_stay_sound() => Assert.All(SoundSpecs.Json, text =>
    {
        Assert.True(AssertHandled(text));
        AssertDriven(text);
    });

    /// <summary>Whether the spec was sound.</summary>
    private static bool AssertHandled(string text)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var reading = JsonSpecReader.Read(Path, text, "Demo");
        var model = reading.Spec is { } spec ? ModelChecker.Check(spec) : null;
        var files = model is null ? [] : TorchBackend.Emit(reading.Spec!, model).ToArray();
        var bytes = GC.GetAllocatedBytesForCurrentThread() - before;

        var findings = reading.Findings.Concat(model?.Findings ?? []).ToArray();
        Assert.InRange(bytes, 0, BytesOfAny + (BytesPerCharacter * text.Length));
        Assert.True(model?.Graph is not null || findings.Length > 0, "neither code nor a finding");
        Expect.PlacesInside(text, reading, findings);
        if (model is { Graph: not null } or { Outline: not null })
            Assert.NotEmpty(files);
        Assert.All(files, file => Expect.SoundCode(file.Text));
        return model?.Graph is not null;
    }

    private static void AssertDriven(string text)
    {
        var result = Assert.Single(Compiled.Driver([(Path, text)]).RunGenerators(Project).GetRunResult().Results);

        Assert.Null(result.Exception);
        Assert.All(result.Diagnostics, diagnostic => Assert.StartsWith("MG", diagnostic.Id, StringComparison.Ordinal));
        Assert.True(result.GeneratedSources.Length > 0 || result.Diagnostics.Length > 0, "neither code nor a diagnostic");
    }
}
