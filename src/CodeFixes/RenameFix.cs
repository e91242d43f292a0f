using System.Collections.Generic;
using System.Collections.Immutable;
using System.Composition;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using ModelGen.Diagnostics;
using ModelGen.Layers;
using ModelGen.Specs;

namespace ModelGen.CodeFixes;

/// <summary>
/// A mistyped layer, setting or choice in the attributes of a network is the compiler's error, because it does not find the name. This
/// offers the name that was most likely meant.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RenameFix)), Shared]
public sealed class RenameFix : CodeFixProvider
{
    private static readonly string[] Sections = ["Input", "Training", .. ModelGen.Training.DataSources.All.Select(source => source.AttributeName), "Budget", "Compile"];

    /// <summary>A type (also the name of a setting in an attribute) that is not found; a member that its type does not have.</summary>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = ["CS0246", "CS0117"];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        var model = await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false);
        if (root?.FindNode(context.Span) is not { } node || model is null || node.FirstAncestorOrSelf<AttributeSyntax>() is not { } attribute)
            return;
        if (attribute.Parent?.Parent is not TypeDeclarationSyntax declaration || model.GetDeclaredSymbol(declaration)?.GetAttributes().Any(AttributeSpecReader.IsModel) != true)
            return;
        var name = node as SimpleNameSyntax ?? node.DescendantNodesAndSelf().OfType<SimpleNameSyntax>().LastOrDefault();
        if (name is null || Meant(name, attribute, model) is not { } meant || meant == name.Identifier.ValueText)
            return;
        context.RegisterCodeFix(
            TextAction.Of(context.Document, $"Rename to '{meant}'", nameof(RenameFix), () => [new TextChange(name.Identifier.Span, meant)]), context.Diagnostics);
    }

    private static string? Meant(SimpleNameSyntax name, AttributeSyntax attribute, SemanticModel model) =>
        name.Parent == attribute && Synonyms.Find(name.Identifier.ValueText) is { HasAttribute: true } called
            ? called.AttributeName
            : Suggestion.Nearest(name.Identifier.ValueText, Known(name, attribute, model));

    private static IEnumerable<string> Known(SimpleNameSyntax name, AttributeSyntax attribute, SemanticModel model) => name.Parent switch
    {
        MemberAccessExpressionSyntax access => model.GetTypeInfo(access.Expression).Type?.GetMembers().OfType<IFieldSymbol>().Select(field => field.Name) ?? [],
        NameEqualsSyntax => Properties(model.GetTypeInfo(attribute).Type),
        _ => LayerCatalogue.Layers.Select(kind => kind.AttributeName).Concat(Sections),
    };

    private static IEnumerable<string> Properties(ITypeSymbol? type)
    {
        for (; type is not null; type = type.BaseType)
        {
            foreach (var property in type.GetMembers().OfType<IPropertySymbol>().Where(property => property.SetMethod is not null))
                yield return property.Name;
        }
    }
}
