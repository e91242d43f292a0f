using BenchmarkDotNet.Attributes;
using Microsoft.CodeAnalysis;
using ModelGen;

namespace GeneratorBenchmarks;

/// <summary>The first run in a project, by a compiler that is warm: everything is read, checked and written.</summary>
[MemoryDiagnoser(displayGenColumns: false)]
public class ColdBenchmarks
{
    /// <summary>Projects per iteration. Each is used once.</summary>
    private const int Projects = 5;

    private readonly Project[] _projects = new Project[Projects];

    [Params(1, 100, 1000)]
    public int Models { get; set; }

    [Params(Form.Json, Form.Attributes)]
    public Form Form { get; set; }

    // The runtime compiles anew what has run 30 times, after a pause, and once more with what it has seen meanwhile. Without this the runs of
    // few models would measure code that is not compiled for good.
    [GlobalSetup]
    public void WarmUp()
    {
        for (var phase = 0; phase < 3; phase++)
        {
            for (var i = 0; i < 40; i++)
            {
                foreach (var generator in new IIncrementalGenerator[] { new EmptyGenerator(), new HostGenerator(), new ModelGenerator() })
                {
                    var project = Project.Of(Form, 10);
                    project.Driver(generator).RunGenerators(project.Code);
                }
            }

            Thread.Sleep(300);
        }
    }

    [IterationSetup]
    public void NewProjects()
    {
        for (var i = 0; i < Projects; i++)
            _projects[i] = Project.Of(Form, Models);
    }

    [Benchmark(Baseline = true, OperationsPerInvoke = Projects)]
    public void Empty() => Run(() => new EmptyGenerator());

    [Benchmark(OperationsPerInvoke = Projects)]
    public void Host() => Run(() => new HostGenerator());

    [Benchmark(OperationsPerInvoke = Projects)]
    public void ModelGen() => Run(() => new ModelGenerator());

    private void Run(Func<IIncrementalGenerator> generator)
    {
        foreach (var project in _projects)
            project.Driver(generator()).RunGenerators(project.Code);
    }
}
