using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Diagnostics;
using ModelGen.Diagnostics;
using ModelGen.Specs;

namespace ModelGen;

/// <summary>
/// Says what is wrong with a network that attributes declare, while it is typed, and with parts of any network's class that a user wrote beside the
/// generated ones. It reads and checks as the generator does; the generator itself reports only what stands in <c>.model.json</c> files, and two specs
/// of one class, so that every rule has one owner.
/// </summary>
[DiagnosticAnalyzer(LanguageNames.CSharp)]
public sealed class ModelAnalyzer : DiagnosticAnalyzer
{
    /// <inheritdoc/>
    public override ImmutableArray<DiagnosticDescriptor> SupportedDiagnostics => DiagnosticReporter.Descriptors;

    /// <inheritdoc/>
    public override void Initialize(AnalysisContext context)
    {
        context.EnableConcurrentExecution();
        // A class that another program wrote is compiled all the same.
        context.ConfigureGeneratedCodeAnalysis(GeneratedCodeAnalysisFlags.Analyze | GeneratedCodeAnalysisFlags.ReportDiagnostics);
        context.RegisterSymbolAction(Analyze, SymbolKind.NamedType);
    }

    private static void Analyze(SymbolAnalysisContext context)
    {
        var type = (INamedTypeSymbol)context.Symbol;
        var docs = BuildProperties.Docs(context.Options.AnalyzerConfigOptionsProvider);
        if (Declaration(type, context) is { } declaration)
        {
            var reading = AttributeSpecReader.Read(declaration, type, keepPlaces: true, context.CancellationToken);
            foreach (var finding in CheckedReading.Of(reading, context.CancellationToken).Findings)
                context.ReportDiagnostic(DiagnosticReporter.InTree(finding, reading, declaration.SyntaxTree, context.Compilation, docs));
        }

        foreach (var (finding, place) in OwnParts.Check(type, context.CancellationToken))
            context.ReportDiagnostic(DiagnosticReporter.Of(finding, place, docs));
    }

    /// <summary>The part of a class that carries <c>[Model]</c>, or layers without it; null for every other type.</summary>
    private static TypeDeclarationSyntax? Declaration(INamedTypeSymbol type, SymbolAnalysisContext context)
    {
        var mark = type.GetAttributes().FirstOrDefault(AttributeSpecReader.IsModel) ?? NetworkClass.Unmarked(type);
        return mark?.ApplicationSyntaxReference?.GetSyntax(context.CancellationToken).Parent?.Parent as TypeDeclarationSyntax;
    }
}
