using System.Collections.Immutable;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace ModelGen.Tests.Pipeline;

/// <summary>What a developer may change between two runs of the generator, each edit by its name.</summary>
internal static class EditTable
{
    private static readonly CSharpParseOptions Parse = new(LanguageVersion.CSharp14, DocumentationMode.Diagnose);

    private const string Small = "using ModelGen;\nnamespace Demo;\n[Model, Input(4), ReLU]\npublic partial class Small;\n";
    private const string Attributes = "ConvNet.cs";
    private const string Json = "JsonNet.model.json";
    private const string Other = "Other.cs";

    // Two specs of each form; one of JSON has a namespace of its own.
    public static IReadOnlyList<(string Path, string Text)> Files { get; } =
    [
        SeedSpecs.Attributes,
        (Json, SeedSpecs.Json.Text.Replace("ConvNet", "JsonNet", StringComparison.Ordinal)),
        ("Small.cs", Small),
        ("Own.model.json", """{ "namespace": "Own", "input": [4], "layers": ["relu"] }"""),
        (Other, "namespace Demo;\n/// <summary>Not a network.</summary>\npublic class Unrelated;\n"),
    ];

    public static IReadOnlyDictionary<string, Func<Session, Session>> Edits { get; } = new Dictionary<string, Func<Session, Session>>
    {
        ["nothing at all"] = session => session,
        ["an unrelated file is added"] = session => session.With("New.cs", "internal class New;"),
        ["an unrelated type is renamed"] = session => session.Replace(Other, "Unrelated", "Renamed"),
        ["a comment in the spec's class"] = session => session.Replace(Attributes, "[Flatten", "/* the head */ [Flatten"),
        ["the spec's class moves a line down"] = session => session.Edit(Attributes, text => "\n" + text),
        ["white space in a json spec"] = session => session.Replace(Json, ": ", ":   "),
        ["a comment in a json spec"] = session => session.Edit(Json, text => "// the seed\n" + text),
        ["the keys of a json spec in another order"] = session => session
            .Replace(Json, """{ "conv2d": 16, "kernel_size": 5, "padding": 2 }""", """{ "padding": 2, "conv2d": 16, "kernel_size": 5 }""")
            .Replace(Json, """ "loss": "nll", "optimizer": "sgd",""", """ "optimizer": "sgd", "loss": "nll",""")
            .Replace(Json, """ "name": "JsonNet",""", "").Replace(Json, """ "data": {""", """ "name": "JsonNet", "data": {"""),
        ["a layer of a json spec"] = session => session.Replace(Json, "relu", "gelu"),
        ["a layer of an attribute spec"] = session => session.Replace(Attributes, "ReLU", "GELU"),
        ["a mistake in a json spec"] = session => session.Replace(Json, "\"relu\"", "\"rellu\""),
        ["a json spec is added"] = session => session.With("New.model.json", """{ "input": [4], "layers": ["relu"] }"""),
        ["an attribute spec is added"] = session => session.With("New.cs", Small.Replace("Small", "New", StringComparison.Ordinal)),
        ["a json spec is removed"] = session => session.Without(Json),
        ["a json spec's file is renamed"] = session => session.Rename(Json, "Renamed.model.json"),
        ["another additional file is added"] = session => session.With("notes.txt", "relu"),
        ["the project's namespace"] = session => session with { Properties = new Compiled.BuildProperties("Another") },
        ["another property of the build"] = session =>
            session with { Properties = new Compiled.BuildProperties("Demo", ("build_property.Configuration", "Release")) },
        ["the build's wish for plain code"] = session =>
            session with { Properties = new Compiled.BuildProperties("Demo", ("build_property.ModelGenOptimize", "false")) },
        ["the language's version"] = session => session with { Parse = session.Parse.WithLanguageVersion(LanguageVersion.Preview) },
        ["a symbol for #if"] = session => session with { Parse = session.Parse.WithPreprocessorSymbols("RELEASE") },
        ["a reference is added"] = session => session with { Extra = [CSharpCompilation.Create("Extra").ToMetadataReference()] },
    };

    public static Session Start() => new([.. Files.Select(file => new File(file.Path, file.Text))], new Compiled.BuildProperties("Demo"), Parse, []);

    /// <summary>A file as the compiler holds it: a new one when its text is another.</summary>
    internal sealed class File(string path, string text) : AdditionalText
    {
        public override string Path { get; } = path;

        public string Text { get; } = text;

        public bool IsCode => Path.EndsWith(".cs", StringComparison.Ordinal);

        public SyntaxTree? Tree { get; set; }

        /// <summary>How often its text was asked for, which a spec's is to be read.</summary>
        public int Reads { get; private set; }

        public override SourceText GetText(CancellationToken cancellationToken = default)
        {
            Reads++;
            return SourceText.From(Text);
        }
    }

    /// <summary>A project as an editor has it open.</summary>
    internal sealed record Session(
        ImmutableArray<File> Files, Compiled.BuildProperties Properties, CSharpParseOptions Parse, ImmutableArray<MetadataReference> Extra)
    {
        public IEnumerable<AdditionalText> Specs => Files.Where(file => !file.IsCode);

        public Session With(string path, string text) => this with { Files = Files.Add(new File(path, text)) };

        public Session Without(string path) => this with { Files = Files.RemoveAll(file => file.Path == path) };

        // In its place: the compiler tells files apart by their order, and would take all behind it for changed.
        public Session Rename(string path, string other) =>
            this with { Files = [.. Files.Select(file => file.Path == path ? new File(other, file.Text) : file)] };

        public Session Replace(string path, string text, string other) => Edit(path, whole => whole.Replace(text, other, StringComparison.Ordinal));

        public Session Edit(string path, Func<string, string> edit)
        {
            var file = Files.Single(file => file.Path == path);
            Assert.NotEqual(file.Text, edit(file.Text));
            return this with { Files = Files.Replace(file, new File(path, edit(file.Text))) };
        }

        /// <summary>The same trees for the same files, as the compiler has them.</summary>
        public CSharpCompilation On(CSharpCompilation empty) => empty.AddReferences(Extra).AddSyntaxTrees(Files.Where(file => file.IsCode)
            .Select(file => file.Tree?.Options == Parse ? file.Tree : file.Tree = CSharpSyntaxTree.ParseText(file.Text, Parse, file.Path)));
    }
}
