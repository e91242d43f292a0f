using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace GeneratorBenchmarks;

/// <summary>
/// What the compiler itself costs for as many models: it finds them and adds files of the same names, all with the same text. The compiler
/// compares each file's name with all others in every run, also in one that changes nothing, so this grows with the square of the files.
/// </summary>
internal sealed class HostGenerator : IIncrementalGenerator
{
    private static readonly string[] Parts = ["Module", "Options", "Data", "Trainer", "Program"];
    private static readonly SourceText Text = SourceText.From("// A file.", Encoding.UTF8);

    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        AddFiles(context, context.AdditionalTextsProvider.Select((file, _) => Path.GetFileName(file.Path).Replace(".model.json", "", StringComparison.Ordinal)));
        AddFiles(context, context.SyntaxProvider.ForAttributeWithMetadataName("ModelGen.ModelAttribute", (_, _) => true, (model, _) => model.TargetSymbol.Name));
    }

    private static void AddFiles(IncrementalGeneratorInitializationContext context, IncrementalValuesProvider<string> names) =>
        context.RegisterSourceOutput(names, (output, name) =>
        {
            foreach (var part in Parts)
                output.AddSource($"Demo.{name}.{part}.g.cs", Text);
        });
}
