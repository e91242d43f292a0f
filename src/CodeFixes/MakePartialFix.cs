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

namespace ModelGen.CodeFixes;

/// <summary>Makes a class with <c>[Model]</c> partial, and every type around it.</summary>
[ExportCodeFixProvider(LanguageNames.CSharp, Name = nameof(MakePartialFix)), Shared]
public sealed class MakePartialFix : CodeFixProvider
{
    /// <inheritdoc/>
    public override ImmutableArray<string> FixableDiagnosticIds { get; } = [Rules.NotPartial.Id];

    /// <inheritdoc/>
    public override FixAllProvider GetFixAllProvider() => WellKnownFixAllProviders.BatchFixer;

    /// <inheritdoc/>
    public override async Task RegisterCodeFixesAsync(CodeFixContext context)
    {
        var root = await context.Document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        var types = root?.FindNode(context.Span).AncestorsAndSelf().OfType<TypeDeclarationSyntax>().ToArray() ?? [];
        var whole = types.Where(type => !type.Modifiers.Any(SyntaxKind.PartialKeyword)).ToArray();
        if (whole.Length == 0 || IsMoreThanNotPartial(types[0]) || types.Any(type => type.TypeParameterList is not null))
            return;
        context.RegisterCodeFix(
            // The keyword partial stands right before class, record or struct.
            TextAction.Of(context.Document, "Make the class partial", nameof(MakePartialFix), () => whole.Reverse()
                .Select(type => new TextChange(new TextSpan(type.Keyword.SpanStart, 0), "partial "))),
            context.Diagnostics);
    }

    private static bool IsMoreThanNotPartial(TypeDeclarationSyntax type) => type is RecordDeclarationSyntax
        || type.Modifiers.Any(modifier => modifier.IsKind(SyntaxKind.StaticKeyword) || modifier.IsKind(SyntaxKind.AbstractKeyword));
}
