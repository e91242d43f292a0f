using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace ModelGen.Tests.Pipeline;

/// <summary>
/// What a first run costs, in bytes: they are the same on any machine, and what allocates is what takes the time here. Times are measured by
/// benchmarks/GeneratorBenchmarks.
/// </summary>
public sealed class CostTests
{
    [Fact]
    public void A_model_allocates_little_more_than_its_text()
    {
        var each = Allocated(models: 100) / 100;

        // 18 KB of it is what the generated text has of its own, which the compiler keeps; its other half is the same for all models, and held once.
        Assert.InRange(each, 0, 100_000);
    }

    [Fact]
    public void Ten_times_the_models_allocate_ten_times_as_much() =>
        Assert.InRange(Allocated(models: 1000), 0, 11 * Allocated(models: 100));

    /// <summary>Bytes of a first run beyond those of a generator that does nothing.</summary>
    private static long Allocated(int models)
    {
        var files = Enumerable.Range(0, models)
            .Select(i => ($"Net{i}.model.json", SeedSpecs.Json.Text.Replace("ConvNet", $"Net{i}", StringComparison.Ordinal)))
            .ToArray();

        // The first runs build the catalogue and the rules' descriptors, and grow the buffer.
        for (var i = 0; i < 3; i++)
            RunOnce(new ModelGenerator(), files);
        return RunOnce(new ModelGenerator(), files) - RunOnce(new EmptyGenerator(), files);
    }

    private static long RunOnce(IIncrementalGenerator generator, (string Path, string Text)[] files)
    {
        var project = Compiled.Project([]);
        var driver = CSharpGeneratorDriver.Create(generator).AddAdditionalTexts([.. files.Select(AdditionalText (file) => new Compiled.SpecFile(file.Path, file.Text))]);
        var before = GC.GetAllocatedBytesForCurrentThread();
        driver = driver.RunGenerators(project);
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.All(driver.GetRunResult().Results, result => Assert.Null(result.Exception));
        return allocated;
    }

    private sealed class EmptyGenerator : IIncrementalGenerator
    {
        public void Initialize(IncrementalGeneratorInitializationContext context) =>
            context.RegisterSourceOutput(context.ParseOptionsProvider, (_, _) => { });
    }
}
