using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using ModelGen;

namespace GeneratorBenchmarks;

/// <summary>
/// What the compiler itself costs for as many models: it finds them and adds files of the same names and sizes, but blank. The compiler
/// compares each file's name with all others in every run, also in one that changes nothing, so this grows with the square of the files.
/// </summary>
internal sealed class HostGenerator : IIncrementalGenerator
{
    // ModelGen's own of the seed's network; among smaller ones their names would lie closer together, and be compared several times as fast.
    private static readonly (string Part, int Length)[] Files = OfModelGen();

    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        AddFiles(context, context.AdditionalTextsProvider.Select((file, _) => Path.GetFileName(file.Path).Replace(".model.json", "", StringComparison.Ordinal)));
        AddFiles(context, context.SyntaxProvider.ForAttributeWithMetadataName("ModelGen.ModelAttribute", (_, _) => true, (model, _) => model.TargetSymbol.Name));
    }

    private static (string Part, int Length)[] OfModelGen()
    {
        var project = Project.Of(Form.Json, 1);
        var written = project.Driver(new ModelGenerator()).RunGenerators(project.Code).GetRunResult().Results[0].GeneratedSources;
        return [.. written.Select(file => (file.HintName.Split('.')[2], file.SourceText.Length))];
    }

    private static void AddFiles(IncrementalGeneratorInitializationContext context, IncrementalValuesProvider<string> names) =>
        context.RegisterSourceOutput(names, (output, name) =>
        {
            foreach (var (part, length) in Files)
                output.AddSource($"Demo.{name}.{part}.g.cs", SourceText.From(new string(' ', length), Encoding.UTF8));
        });
}
