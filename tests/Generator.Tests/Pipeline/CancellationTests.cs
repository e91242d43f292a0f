using ModelGen.Emit;
using ModelGen.Graph;
using ModelGen.Specs;

namespace ModelGen.Tests.Pipeline;

/// <summary>A key that is hit while a large spec is read, checked or written ends that: the editor asks anew, and for the new text.</summary>
public sealed class CancellationTests
{
    private static readonly CancellationToken Cancelled = new(canceled: true);

    [Fact]
    public void Reading_a_file_stops_when_it_is_cancelled() =>
        Assert.Throws<OperationCanceledException>(() => JsonSpecReader.Read("Net.model.json", SeedSpecs.Json.Text, "Demo", Cancelled));

    [Fact]
    public void Checking_stops_when_it_is_cancelled() =>
        Assert.Throws<OperationCanceledException>(() => ModelChecker.Check(JsonSpecReader.Read("Net.model.json", SeedSpecs.Json.Text, "Demo").Spec!, Cancelled));

    [Theory]
    [InlineData("torch")]
    [InlineData("both")]
    public void Writing_can_stop_between_two_files(string backend)
    {
        var spec = JsonSpecReader.Read("ConvNet.model.json", SeedSpecs.Json.Text.TrimEnd().TrimEnd('}') + $$""", "compile": { "backend": "{{backend}}" } }""", "Demo").Spec!;
        var model = ModelChecker.Check(spec);
        // Whoever came to the second file would fail.
        var broken = model with { Graph = model.Graph! with { Training = model.Graph.Training! with { Recipe = null! } } };

        Assert.Equal("Demo.ConvNet.Module.g.cs", Backends.Emit(spec, broken).First().HintName);
    }

    [Fact]
    public void Trying_fixes_stops_when_it_is_cancelled()
    {
        using var source = new CancellationTokenSource();
        var spec = JsonSpecReader.Read("Net.model.json", """{ "input": [4], "layers": [{ "linear": 3 }, { "linear": 2 }] }""", "Demo").Spec!;
        var model = ModelChecker.CheckUntried(spec, source.Token);
        source.Cancel();

        Assert.NotEmpty(model.Findings);
        Assert.Throws<OperationCanceledException>(() => Remedies.Tried(spec, model, source.Token).ToArray());
    }
}
