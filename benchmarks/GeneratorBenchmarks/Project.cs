using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace GeneratorBenchmarks;

/// <summary>How the networks of a project are declared.</summary>
public enum Form
{
    Json,
    Attributes,
}

/// <summary>A project as a driver of generators sees it: C# and additional files. Every generator that is compared gets the same.</summary>
internal sealed class Project
{
    private static readonly CSharpParseOptions Parsing = new(LanguageVersion.CSharp14);

    private static readonly ImmutableArray<MetadataReference> References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Where(path => Path.GetFileName(path) is "ModelGen.Runtime.dll" || Path.GetFileName(path).StartsWith("System.", StringComparison.Ordinal))
            .Select(path => MetadataReference.CreateFromFile(path)),
    ];

    private Project(CSharpCompilation code, ImmutableArray<AdditionalText> files) => (Code, Files) = (code, files);

    public CSharpCompilation Code { get; }

    public ImmutableArray<AdditionalText> Files { get; }

    /// <summary>A new project with nothing parsed or bound before: symbols that an earlier run had bound would hide what binding costs.</summary>
    public static Project Of(Form form, int models)
    {
        var names = Enumerable.Range(0, models).Select(Name).ToArray();
        return form == Form.Json
            ? Of([.. names.Select(name => File(name, Corpus.Json(name)))])
            : Of([], names.Select(name => Tree(PathOf(name), Corpus.Attributes(name))));
    }

    public static Project Of(ImmutableArray<AdditionalText> files, IEnumerable<SyntaxTree>? trees = null) => new(
        CSharpCompilation.Create(
            "Consumer",
            Enumerable.Range(0, 10).Select(number => Tree($"Unrelated{number}.cs", Corpus.Unrelated(number))).Concat(trees ?? []),
            References,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary)),
        files);

    public static string Name(int number) => "Net" + number.ToString(CultureInfo.InvariantCulture);

    public static string PathOf(string name) => name + ".cs";

    public static AdditionalText File(string name, string text) => new SpecFile(name + ".model.json", text);

    public static SyntaxTree Tree(string path, string text) => CSharpSyntaxTree.ParseText(text, Parsing, path, Encoding.UTF8);

    public GeneratorDriver Driver(IIncrementalGenerator generator) =>
        CSharpGeneratorDriver.Create([generator.AsSourceGenerator()], Files, Parsing, new BuildProperties());

    private sealed class SpecFile(string path, string text) : AdditionalText
    {
        private readonly SourceText _text = SourceText.From(text, Encoding.UTF8);

        public override string Path => path;

        public override SourceText GetText(CancellationToken cancellationToken = default) => _text;
    }

    private sealed class BuildProperties : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Values();

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;

        private sealed class Values : AnalyzerConfigOptions
        {
            public override bool TryGetValue(string key, [NotNullWhen(true)] out string? value)
            {
                value = key == "build_property.RootNamespace" ? "Demo" : null;
                return value is not null;
            }
        }
    }
}
