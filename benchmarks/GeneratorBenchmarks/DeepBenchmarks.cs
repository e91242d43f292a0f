using BenchmarkDotNet.Attributes;
using Microsoft.CodeAnalysis;
using ModelGen;

namespace GeneratorBenchmarks;

/// <summary>The first run in a project of one deep JSON model: 250 layers in a chain, or the zoo's ResNet-152 of blocks in repeats.</summary>
[MemoryDiagnoser(displayGenColumns: false)]
public class DeepBenchmarks
{
    private Project _project = null!;

    [Params("Chain250", "ResNet152")]
    public string Network { get; set; } = "";

    [GlobalSetup]
    public void SetUp()
    {
        _project = Project.Of([Project.File(Network, Network == "ResNet152" ? Corpus.ResNet152 : Corpus.DeepJson)]);

        // Of a spec with a mistake only the class's outline is written, which takes no time.
        if (!ModelGen().GetRunResult().GeneratedTrees.Any(tree => tree.ToString().Contains("forward", StringComparison.Ordinal)))
            throw new InvalidOperationException($"The spec of {Network} is wrong.");
    }

    // A JSON spec has no symbols that a compilation could keep, so one project serves all runs. Each has a new driver.
    [Benchmark(Baseline = true)]
    public GeneratorDriver Empty() => _project.Driver(new EmptyGenerator()).RunGenerators(_project.Code);

    [Benchmark]
    public GeneratorDriver Host() => _project.Driver(new HostGenerator()).RunGenerators(_project.Code);

    [Benchmark]
    public GeneratorDriver ModelGen() => _project.Driver(new ModelGenerator()).RunGenerators(_project.Code);
}
