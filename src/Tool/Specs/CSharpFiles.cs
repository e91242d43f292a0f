using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using ModelGen.Specs;

namespace ModelGen.Tool.Specs;

/// <summary>
/// C# files with networks, compiled in memory against .NET and ModelGen's runtime. They may lack what else their project has, so of the compiler's
/// errors only those count that stand in the attributes of a network or a block, or in the form of the file.
/// </summary>
internal sealed class CSharpFiles
{
    private static readonly CSharpParseOptions Parse = new(
        LanguageVersion.Latest,
        DocumentationMode.None,
        preprocessorSymbols: ["NET", "NETCOREAPP", .. Enumerable.Range(5, 6).Select(version => $"NET{version}_0_OR_GREATER"), "NET10_0"]);

    // The assemblies of this process: .NET's own, TorchSharp's and the runtime with its attributes.
    private static readonly Lazy<ImmutableArray<MetadataReference>> Assemblies = new(() =>
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path)),
    ]);

    private readonly CSharpCompilation _compilation;

    /// <summary>Parses the files, each by its path and its text.</summary>
    public CSharpFiles(IEnumerable<(string Path, string Text)> files) => _compilation = CSharpCompilation.Create(
        "Specs",
        files.Select(file => CSharpSyntaxTree.ParseText(file.Text, Parse, file.Path)),
        References,
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary));

    /// <summary>What files are compiled against.</summary>
    public static ImmutableArray<MetadataReference> References => Assemblies.Value;

    /// <summary>The networks that the files declare, in their order.</summary>
    public IEnumerable<DeclaredNetwork> Networks()
    {
        foreach (var tree in _compilation.SyntaxTrees)
        {
            var model = _compilation.GetSemanticModel(tree);
            foreach (var declaration in tree.GetRoot().DescendantNodes().OfType<TypeDeclarationSyntax>())
            {
                if (model.GetDeclaredSymbol(declaration) is not { } type || !type.GetAttributes().Any(AttributeSpecReader.IsModel))
                    continue;
                var reading = CheckedReading.Of(AttributeSpecReader.Read(declaration, type, keepPlaces: false, CancellationToken.None));
                if (reading.Spec is { } spec)
                    yield return new DeclaredNetwork(tree.FilePath, tree.ToString(), spec.Spec, spec.Model, reading.Map);
            }
        }
    }

    /// <summary>What the build says of them: the analyzer itself is asked, which also obeys <c>#pragma warning</c>.</summary>
    public IEnumerable<Diagnostic> Diagnostics() => _compilation
        .WithAnalyzers([new ModelAnalyzer()])
        .GetAnalyzerDiagnosticsAsync().GetAwaiter().GetResult()
        .Concat(_compilation.GetParseDiagnostics().Concat(_compilation.GetDeclarationDiagnostics().Where(IsInAttributes))
            .Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error))
        .Where(diagnostic => !diagnostic.IsSuppressed);

    private static bool IsInAttributes(Diagnostic diagnostic)
    {
        var node = diagnostic.Location.SourceTree?.GetRoot().FindNode(diagnostic.Location.SourceSpan);
        return node?.FirstAncestorOrSelf<AttributeListSyntax>()?.Parent is TypeDeclarationSyntax type
            && type.AttributeLists
                .SelectMany(list => list.Attributes)
                .Any(attribute => NameOf(attribute.Name) is "Model" or "Block" or "ModelAttribute" or "BlockAttribute");
    }

    // By its last part: the attribute may be what is wrong, and then has no symbol.
    private static string NameOf(NameSyntax name) => name is QualifiedNameSyntax qualified ? qualified.Right.Identifier.ValueText : name.ToString();
}
