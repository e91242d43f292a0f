using BenchmarkDotNet.Attributes;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using ModelGen;

namespace GeneratorBenchmarks;

/// <summary>What is typed.</summary>
public enum Edit
{
    UnrelatedCode,
    OneSpec,
    WhiteSpace,
}

/// <summary>A run after an edit. Each operation is a real edit: to the other variant, and back.</summary>
[MemoryDiagnoser(displayGenColumns: false)]
public class EditBenchmarks
{
    private SyntaxTree[]? _trees;
    private AdditionalText[]? _files;
    private CSharpCompilation _code = null!;
    private GeneratorDriver _driver = null!;

    [Params(1, 100, 1000)]
    public int Models { get; set; }

    [Params(Form.Json, Form.Attributes)]
    public Form Form { get; set; }

    [Params(Edit.UnrelatedCode, Edit.OneSpec, Edit.WhiteSpace)]
    public Edit Edit { get; set; }

    [GlobalSetup(Target = nameof(Empty))]
    public void SetUpEmpty() => SetUp(new EmptyGenerator());

    [GlobalSetup(Target = nameof(Host))]
    public void SetUpHost() => SetUp(new HostGenerator());

    [GlobalSetup(Target = nameof(ModelGen))]
    public void SetUpModelGen() => SetUp(new ModelGenerator());

    [Benchmark(Baseline = true, OperationsPerInvoke = 2)]
    public void Empty() => ThereAndBack();

    [Benchmark(OperationsPerInvoke = 2)]
    public void Host() => ThereAndBack();

    [Benchmark(OperationsPerInvoke = 2)]
    public void ModelGen() => ThereAndBack();

    private void SetUp(IIncrementalGenerator generator)
    {
        var project = Project.Of(Form, Models);
        _code = project.Code;
        _driver = project.Driver(generator).RunGenerators(_code);

        var name = Project.Name(0);
        if (Edit == Edit.UnrelatedCode)
            _trees = [_code.SyntaxTrees[0], Project.Tree(_code.SyntaxTrees[0].FilePath, Corpus.Unrelated(0, value: 1))];
        else if (Form == Form.Json)
            _files = [project.Files[0], Project.File(name, Edit == Edit.OneSpec ? Corpus.Json(name, filters: 33) : "\n" + Corpus.Json(name))];
        else
            _trees = [TreeOf(name), Project.Tree(Project.PathOf(name), Edit == Edit.OneSpec ? Corpus.Attributes(name, filters: 33) : "\n" + Corpus.Attributes(name))];
    }

    private SyntaxTree TreeOf(string name) => _code.SyntaxTrees.First(tree => tree.FilePath == Project.PathOf(name));

    private void ThereAndBack()
    {
        Replace(0, 1);
        Replace(1, 0);
    }

    // A new compilation has bound nothing yet, as after an edit in an editor.
    private void Replace(int from, int to)
    {
        if (_trees is not null)
            _code = _code.ReplaceSyntaxTree(_trees[from], _trees[to]);
        if (_files is not null)
            _driver = _driver.ReplaceAdditionalText(_files[from], _files[to]);
        _driver = _driver.RunGenerators(_code);
    }
}
