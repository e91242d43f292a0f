using BenchmarkDotNet.Attributes;
using Microsoft.CodeAnalysis;
using ModelGen;

namespace GeneratorBenchmarks;

/// <summary>The first run in a project of one JSON model with 250 layers.</summary>
[MemoryDiagnoser(displayGenColumns: false)]
public class DeepBenchmarks
{
    private readonly Project _project = Project.Of([Project.File("Deep", Corpus.DeepJson)]);

    // A JSON spec has no symbols that a compilation could keep, so one project serves all runs. Each has a new driver.
    [Benchmark(Baseline = true)]
    public GeneratorDriver Empty() => _project.Driver(new EmptyGenerator()).RunGenerators(_project.Code);

    [Benchmark]
    public GeneratorDriver Host() => _project.Driver(new HostGenerator()).RunGenerators(_project.Code);

    [Benchmark]
    public GeneratorDriver ModelGen() => _project.Driver(new ModelGenerator()).RunGenerators(_project.Code);
}
