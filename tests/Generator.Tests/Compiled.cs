using System.Collections.Immutable;
using System.Runtime.Loader;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace ModelGen.Tests;

/// <summary>A project of one or more files, compiled with ModelGen as a build would do it: warnings as errors, nullable, doc comments required.</summary>
internal sealed class Compiled
{
    private static readonly CSharpParseOptions Parse = new(LanguageVersion.CSharp14, DocumentationMode.Diagnose);

    private static readonly ImmutableArray<MetadataReference> References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Select(path => MetadataReference.CreateFromFile(path)),
    ];

    private static readonly CSharpCompilationOptions Options = new(
        OutputKind.DynamicallyLinkedLibrary,
        nullableContextOptions: NullableContextOptions.Enable,
        generalDiagnosticOption: ReportDiagnostic.Error,
        // Every warning that the compiler knows, as the SDK's latest warning level has it.
        warningLevel: 9999);

    private Compiled(Compilation output, GeneratorDriverRunResult run, ImmutableArray<Diagnostic> generatorDiagnostics)
    {
        Output = output;
        Run = run;
        Diagnostics = generatorDiagnostics;
    }

    public Compilation Output { get; }

    public GeneratorDriverRunResult Run { get; }

    /// <summary>What ModelGen reported, the generator and the analyzer, in the order of its places.</summary>
    public ImmutableArray<Diagnostic> Diagnostics { get; }

    /// <summary>The generated files by name, in ordinal order of the names.</summary>
    public IReadOnlyDictionary<string, string> Files => new SortedDictionary<string, string>(
        Run.Results.SelectMany(result => result.GeneratedSources).ToDictionary(source => source.HintName, source => source.SourceText.ToString()), StringComparer.Ordinal);

    /// <summary>Compiles files by name: <c>*.cs</c> are C#, everything else is an additional file.</summary>
    public static Compiled From(params (string Path, string Text)[] files) => From(Driver(files), Project(files));

    public static Compiled From(GeneratorDriver driver, Compilation project)
    {
        driver = driver.RunGeneratorsAndUpdateCompilation(project, out var output, out _);
        var run = driver.GetRunResult();
        var analysis = output.WithAnalyzers([new ModelAnalyzer()]).GetAnalyzerDiagnosticsAsync().GetAwaiter().GetResult();
        return new Compiled(output, run, [.. run.Diagnostics.Concat(analysis)
            .OrderBy(diagnostic => diagnostic.Location.GetLineSpan().StartLinePosition).ThenBy(diagnostic => diagnostic.Id, StringComparer.Ordinal)]);
    }

    /// <summary>The same with warnings as warnings.</summary>
    public static Compiled Leniently(params (string Path, string Text)[] files) =>
        From(Driver(files), Project(files).WithOptions(Options.WithGeneralDiagnosticOption(ReportDiagnostic.Default)));

    /// <summary>The same with top-level statements.</summary>
    public static Compiled FromProgram(params (string Path, string Text)[] files) =>
        From(Driver(files), Project(files).WithOptions(Options.WithOutputKind(OutputKind.ConsoleApplication)));

    public static CSharpCompilation Project(IEnumerable<(string Path, string Text)> files) => CSharpCompilation.Create(
        "Consumer" + Guid.NewGuid().ToString("N"),
        files.Where(file => file.Path.EndsWith(".cs", StringComparison.Ordinal)).Select(file => CSharpSyntaxTree.ParseText(file.Text, Parse, file.Path)),
        References,
        Options);

    public static GeneratorDriver Driver(IEnumerable<(string Path, string Text)> files, string rootNamespace = "Demo") => CSharpGeneratorDriver.Create(
        [new ModelGenerator().AsSourceGenerator()],
        files.Where(file => !file.Path.EndsWith(".cs", StringComparison.Ordinal)).Select(AdditionalText (file) => new SpecFile(file.Path, file.Text)),
        Parse,
        new BuildProperties(rootNamespace),
        new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));

    /// <summary>Fails unless everything compiled without an error or a warning.</summary>
    public Compiled AssertClean()
    {
        Assert.True(Report().Count == 0, string.Join('\n', Report()));
        var complaints = Output.GetDiagnostics().Where(diagnostic => diagnostic.Severity >= DiagnosticSeverity.Warning);
        Assert.True(!complaints.Any(), string.Join('\n', complaints));
        Assert.DoesNotContain(Files, file => file.Value.Contains(" \n", StringComparison.Ordinal));
        return this;
    }

    /// <summary>Fails when the compiler finds an error, whatever ModelGen found: what is written of a wrong spec compiles too.</summary>
    public Compiled AssertNoErrors()
    {
        var errors = Output.GetDiagnostics().Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        Assert.True(!errors.Any(), string.Join('\n', errors));
        return this;
    }

    /// <summary>The compiled program, loaded into this process.</summary>
    public System.Reflection.Assembly Load()
    {
        AssertClean();
        using var image = new MemoryStream();
        var result = Output.Emit(image);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
        image.Position = 0;
        return AssemblyLoadContext.Default.LoadFromStream(image);
    }

    /// <summary>Errors and warnings, each as <c>file(line,column,line,column): severity id: message</c> with numbers from 1.</summary>
    public IReadOnlyList<string> Report() => Report(DiagnosticSeverity.Warning);

    /// <summary>The same, from a severity on.</summary>
    public IReadOnlyList<string> Report(DiagnosticSeverity least) => [.. Diagnostics.Where(diagnostic => diagnostic.Severity >= least).Select(diagnostic =>
    {
        var lines = diagnostic.Location.GetLineSpan();
        return string.Create(System.Globalization.CultureInfo.InvariantCulture,
            $"{lines.Path}({lines.StartLinePosition.Line + 1},{lines.StartLinePosition.Character + 1},{lines.EndLinePosition.Line + 1},{lines.EndLinePosition.Character + 1}): {diagnostic.Severity.ToString().ToLowerInvariant()} {diagnostic.Id}: {diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture)}");
    })];

    internal sealed class SpecFile(string path, string text) : AdditionalText
    {
        public override string Path { get; } = path;

        public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(text);
    }

    internal sealed class BuildProperties(string rootNamespace, params (string Key, string Value)[] others) : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Values([("build_property.RootNamespace", rootNamespace), .. others]);

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => GlobalOptions;

        private sealed class Values((string Key, string Value)[] properties) : AnalyzerConfigOptions
        {
            public override bool TryGetValue(string key, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? value)
            {
                value = properties.FirstOrDefault(property => property.Key == key).Value;
                return value is not null;
            }
        }
    }
}
