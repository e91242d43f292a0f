using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Composition;
using System.Linq;
using System.Threading.Tasks;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeFixes;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;
using ModelGen.Diagnostics;
using ModelGen.Layers;
using ModelGen.Specs;

namespace ModelGen.CodeFixes;

/// <summary>
/// A mistyped layer, setting or choice in the attributes of a network is the compiler's error, because it does not find the name. This
/// offers the name that was most likely meant. So it does where a rule found a mistyped text, and says which word it was to be.
/// </summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(RenameFix)), Shared]
public sealed class RenameFix : CodeFixProvider
{
    /// <summary>A type (also the name of a setting in an attribute) that is not found; a name in an argument that is not; a member that its type does not have; and every rule.</summary>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } =
    [
        "CS0246", "CS0103", "CS0117",
        .. DiagnosticReporter.Descriptors.Select(descriptor => descriptor.Id)
    ];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        var model = await context.Document.GetSemanticModelAsync(context.CancellationToken).ConfigureAwait(false);
        if (root?.FindNode(context.Span) is not { } node || model is null || node.FirstAncestorOrSelf<AttributeSyntax>() is not { } attribute)
            return;
        if (attribute.Parent?.Parent is not TypeDeclarationSyntax declaration
            || model.GetDeclaredSymbol(declaration)?.GetAttributes().Any(AttributeSpecReader.IsModel) != true)
            return;
        if (DiagnosticReporter.MistypedOf(context.Diagnostics[0]) is var (written, word))
        {
            var texts = attribute.DescendantNodes()
                .OfType<LiteralExpressionSyntax>()
                .Where(text => text.Token.ValueText == written && text.IsKind(SyntaxKind.StringLiteralExpression))
                .ToArray();
            // A constant stands elsewhere, and may have other users.
            if (texts.Length > 0)
                Offer(context, word, texts.Select(text => new TextChange(text.Span, SymbolDisplay.FormatLiteral(word, quote: true))));
            return;
        }

        if (context.Diagnostics[0].Descriptor.Category == DiagnosticReporter.Category)
            return;
        var name = node as SimpleNameSyntax ?? node.DescendantNodesAndSelf().OfType<SimpleNameSyntax>().LastOrDefault();
        if (name is null || Meant(name, attribute, model) is not { } meant || meant == name.Identifier.ValueText)
            return;
        Offer(context, meant, [new TextChange(name.Identifier.Span, meant)]);
    }

    private static string? Meant(SimpleNameSyntax name, AttributeSyntax attribute, SemanticModel model) =>
        name.Parent == attribute && Synonyms.Find(name.Identifier.ValueText) is { HasAttribute: true } called
            ? called.AttributeName
            : Suggestion.Nearest(name.Identifier.ValueText, Known(name, attribute, model));

    private static void Offer(CodeFixContext context, string meant, IEnumerable<TextChange> changes) =>
        context.RegisterCodeFix(TextAction.Of(context.Document, $"Rename to '{meant}'", nameof(RenameFix), () => changes), context.Diagnostics);

    private static IEnumerable<string> Known(SimpleNameSyntax name, AttributeSyntax attribute, SemanticModel model) => name.Parent switch
    {
        MemberAccessExpressionSyntax access when access.Expression == name =>
            Types(model.Compilation).Where(type => type.TypeKind == TypeKind.Enum).Select(type => type.Name),
        MemberAccessExpressionSyntax access =>
            model.GetTypeInfo(access.Expression).Type?.GetMembers().OfType<IFieldSymbol>().Select(field => field.Name) ?? [],
        NameEqualsSyntax => Properties(model.GetTypeInfo(attribute).Type),
        _ => Attributes(model.Compilation, name.Arity),
    };

    /// <summary>The attributes of this library as they are written, in the order of their names; not those that only say what to write instead.</summary>
    private static IEnumerable<string> Attributes(Compilation compilation, int arity) => Types(compilation)
        .Where(type => type.Arity == arity && !type.IsAbstract && type.Name.EndsWith(nameof(Attribute), StringComparison.Ordinal))
        .Where(type => !type.GetAttributes().Any(attribute => attribute.AttributeClass?.Name == nameof(ObsoleteAttribute)))
        .Select(type => type.Name.Substring(0, type.Name.Length - nameof(Attribute).Length));

    private static IEnumerable<INamedTypeSymbol> Types(Compilation compilation) =>
        compilation.GetTypeByMetadataName(AttributeSpecReader.ModelAttribute)?.ContainingNamespace
            .GetTypeMembers()
            .OrderBy(type => type.Name, StringComparer.Ordinal)
        ?? Enumerable.Empty<INamedTypeSymbol>();

    private static IEnumerable<string> Properties(ITypeSymbol? type)
    {
        for (; type is not null; type = type.BaseType)
        {
            foreach (var property in type.GetMembers().OfType<IPropertySymbol>().Where(property => property.SetMethod is not null))
                yield return property.Name;
        }
    }
}
