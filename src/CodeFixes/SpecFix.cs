using System.Collections.Immutable;
using System.Composition;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using ModelGen.Diagnostics;
using ModelGen.Graph;
using ModelGen.Specs;

namespace ModelGen.CodeFixes;

/// <summary>
/// Offers what a message names: the checker tried these edits on the graph, and here they are written into the attributes. The class is read
/// and checked once more, so that an offer is always that of the text as it stands.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(SpecFix)), Shared]
public sealed class SpecFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [.. DiagnosticReporter.Descriptors.Select(descriptor => descriptor.Id)];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        var model = await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false);
        var declaration = root?.FindNode(context.Span).FirstAncestorOrSelf<TypeDeclarationSyntax>();
        if (declaration is null
            || model.GetDeclaredSymbol(declaration, context.CancellationToken) is not { } type
            || !type.GetAttributes().Any(AttributeSpecReader.IsModel))
            return;
        var reading = AttributeSpecReader.Read(declaration, type, keepPlaces: true, context.CancellationToken);
        if (reading.Spec is not { } spec)
            return;
        foreach (var finding in ModelChecker.Check(spec, context.CancellationToken).Findings)
        {
            var span = reading.Map.Find(finding.Path);
            var diagnostics = context.Diagnostics.Where(one => one.Id == finding.Rule.Id && one.Location.SourceSpan.Start == span.Start).ToImmutableArray();
            if (diagnostics.IsEmpty)
                continue;
            // A block's attributes may stand in another file.
            foreach (var fix in finding.Fixes.Where(fix => fix.Edits.All(edit => edit.List is null or LayerLists.Root)))
            {
                var edit = new AttributeEdit(declaration, reading.Map, spec);
                context.RegisterCodeFix(TextAction.Of(context.Document, fix.Title, $"{finding.Rule.Id} {Key(fix.Edits[0])}", () => edit.Changes(fix)), diagnostics);
            }
        }
    }

    // What is done, wherever it is done: all places are then mended in the same way.
    private static string Key(SpecEdit edit) => edit switch
    {
        SetLayerSetting set => set.Name + (set.Value is null ? "-" : "="),
        SetSectionSetting set => set.Name,
        InsertLayer insert => insert.Layer.Keyword,
        _ => edit.GetType().Name,
    };
}
