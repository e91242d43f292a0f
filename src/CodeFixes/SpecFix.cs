using System.Collections.Generic;
using System.Collections.Immutable;
using System.Composition;
using System.Linq;
using System.Threading;
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
        if (declaration is null || model?.GetDeclaredSymbol(declaration, context.CancellationToken) is not { } type)
            return;
        foreach (var (reading, list) in ReadingsOf(type, model.Compilation, context.CancellationToken))
        {
            if (reading.Spec is { } spec && Offer(context, declaration, reading, spec, list))
                return;
        }
    }

    /// <summary>Whether anything was said of a list of layers; offers what mends it there. What is to be done in another class is named only.</summary>
    private static bool Offer(CodeFixContext context, TypeDeclarationSyntax declaration, SpecReading reading, ModelSpec spec, string list)
    {
        var (isSaid, map) = (false, reading.MapOf(new LayerPlace(list, 0).Path));
        if (map.FilePath != declaration.SyntaxTree.FilePath)
            return false;
        foreach (var finding in ModelChecker.Check(spec, context.CancellationToken).Findings)
        {
            var span = map.Find(finding.Path);
            var diagnostics = context.Diagnostics.Where(one => one.Id == finding.Rule.Id && one.Location.SourceSpan.Start == span.Start).ToImmutableArray();
            if (diagnostics.IsEmpty || (BlockSpec.NameIn(finding.Path) is { } block ? BlockSpec.ListOf(block) : LayerLists.Root) != list)
                continue;
            isSaid = true;
            foreach (var fix in finding.Fixes.Where(fix => fix.Edits.All(edit => (edit.List ?? LayerLists.Root) == list)))
            {
                var edit = new AttributeEdit(declaration, map, spec, list);
                context.RegisterCodeFix(TextAction.Of(context.Document, fix.Title, $"{finding.Rule.Id} {Key(fix.Edits[0])}", () => edit.Changes(fix)), diagnostics);
            }
        }

        return isSaid;
    }

    /// <summary>The class as a network, and the networks that use it as a block, each with the list of its layers there.</summary>
    private static IEnumerable<(SpecReading Reading, string List)> ReadingsOf(INamedTypeSymbol type, Compilation compilation, CancellationToken cancellation)
    {
        if (Read(type) is { } own)
            yield return (own, LayerLists.Root);
        if (!type.GetAttributes().Any(AttributeLayerReader.IsBlock))
            yield break;
        foreach (var network in compilation.GetSymbolsWithName(_ => true, SymbolFilter.Type, cancellation).OfType<INamedTypeSymbol>())
        {
            if (Read(network) is { } reading && reading.Spec?.Blocks.Any(block => block.Name == type.Name) == true)
                yield return (reading, BlockSpec.ListOf(type.Name));
        }

        SpecReading? Read(INamedTypeSymbol network) => network.GetAttributes().FirstOrDefault(AttributeSpecReader.IsModel)?
            .ApplicationSyntaxReference?.GetSyntax(cancellation).Parent?.Parent is TypeDeclarationSyntax declaration
            ? AttributeSpecReader.Read(declaration, network, keepPlaces: true, cancellation)
            : null;
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
