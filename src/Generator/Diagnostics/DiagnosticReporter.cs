using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using ModelGen.Specs;

namespace ModelGen.Diagnostics;

/// <summary>Turns findings into the compiler's diagnostics, each at its place in the spec.</summary>
internal static class DiagnosticReporter
{
    private static readonly ConcurrentDictionary<Rule, DiagnosticDescriptor> Descriptors = new();

    public static Diagnostic At(Finding finding, SourceMap map)
    {
        var span = map.Find(finding.Path);
        var location = Location.Create(
            map.FilePath,
            new TextSpan(span.Start, span.Length),
            new LinePositionSpan(new LinePosition(span.StartLine, span.StartColumn), new LinePosition(span.EndLine, span.EndColumn)));
        return Diagnostic.Create(Descriptors.GetOrAdd(finding.Rule, DescriptorOf), location, finding.Message);
    }

    // The message is complete already: braces in what a user wrote are no places to fill.
    private static DiagnosticDescriptor DescriptorOf(Rule rule) => new(rule.Id, rule.Title, "{0}", "ModelGen", SeverityOf(rule.Severity), isEnabledByDefault: true);

    private static DiagnosticSeverity SeverityOf(Severity severity) => severity switch
    {
        Severity.Error => DiagnosticSeverity.Error,
        Severity.Warning => DiagnosticSeverity.Warning,
        _ => DiagnosticSeverity.Info,
    };
}
