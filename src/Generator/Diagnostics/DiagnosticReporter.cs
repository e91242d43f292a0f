using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;
using ModelGen.Specs;

namespace ModelGen.Diagnostics;

/// <summary>Turns findings into the compiler's diagnostics, each at its place in the spec.</summary>
internal static class DiagnosticReporter
{
    /// <summary>Of every rule.</summary>
    public const string Category = "ModelGen";

    private const string Written = nameof(Written);
    private const string Meant = nameof(Meant);

    private static readonly Dictionary<Rule, DiagnosticDescriptor> ByRule = Rules.All.ToDictionary(rule => rule, DescriptorOf);

    public static ImmutableArray<DiagnosticDescriptor> Descriptors { get; } = [.. ByRule.Values.OrderBy(descriptor => descriptor.Id, StringComparer.Ordinal)];

    /// <summary>In a file that the compiler does not parse.</summary>
    public static Diagnostic InFile(Finding finding, SourceMap map, string docs = "")
    {
        var span = map.Find(finding.Path);
        return Of(finding, Location.Create(
            map.FilePath, new TextSpan(span.Start, span.Length), new LinePositionSpan(Position(span.Start), Position(span.Start + span.Length))), docs);

        LinePosition Position(int offset)
        {
            var (line, column) = map.Lines.PositionOf(offset);
            return new LinePosition(line, column);
        }
    }

    /// <summary>In C#: only a place in the tree itself obeys <c>#pragma warning</c> and moves with what is typed.</summary>
    /// <param name="finding">What was found.</param>
    /// <param name="reading">Where the parts of the spec stand.</param>
    /// <param name="tree">The file of the network.</param>
    /// <param name="compilation">The project, in which a block may stand in another file.</param>
    /// <param name="docs">The folder of the docs.</param>
    public static Diagnostic InTree(Finding finding, SpecReading reading, SyntaxTree tree, Compilation compilation, string docs)
    {
        var map = reading.MapOf(finding.Path);
        if (!ReferenceEquals(map, reading.Map) && compilation.SyntaxTrees.FirstOrDefault(other => other.FilePath == map.FilePath) is { } elsewhere)
            return Of(finding, finding.MessageFor(SourceMap.FileName(tree.FilePath)), Place(map, elsewhere), docs);
        return Of(finding, Place(reading.Map, tree), docs);

        Location Place(SourceMap places, SyntaxTree file)
        {
            var span = places.Find(finding.Path);
            return Location.Create(file, new TextSpan(span.Start, span.Length));
        }
    }

    /// <summary>At a place.</summary>
    /// <param name="finding">What was found.</param>
    /// <param name="place">The place.</param>
    /// <param name="docs">The folder of the docs, to whose pages editors and build logs link: no descriptor can know it, because each project may have another.</param>
    public static Diagnostic Of(Finding finding, Location place, string docs) => Of(finding, finding.Message, place, docs);

    // The message is complete already: braces in what a user wrote are no places to fill.
    private static Diagnostic Of(Finding finding, string message, Location place, string docs)
    {
        var descriptor = ByRule[finding.Rule];
        return Diagnostic.Create(
            descriptor.Id, descriptor.Category, message, descriptor.DefaultSeverity, descriptor.DefaultSeverity, isEnabledByDefault: true,
            warningLevel: descriptor.DefaultSeverity == DiagnosticSeverity.Error ? 0 : 1, isSuppressed: false, descriptor.Title, helpLink: LinkTo(finding.Rule, docs),
            location: place, customTags: descriptor.CustomTags, properties: PropertiesOf(finding));
    }

    private static string? LinkTo(Rule rule, string docs) => Uri.TryCreate(docs, UriKind.Absolute, out var folder) ? new Uri(folder, rule.Page).AbsoluteUri : null;

    /// <summary>The mistyped word of a diagnostic and the one that was meant, which a code fix puts in its place; null where there is none.</summary>
    public static (string Written, string Meant)? MistypedOf(Diagnostic diagnostic) =>
        diagnostic.Properties.TryGetValue(Written, out var written) && diagnostic.Properties.TryGetValue(Meant, out var meant) ? (written!, meant!) : null;

    private static ImmutableDictionary<string, string?> PropertiesOf(Finding finding) => finding.Mistyped is { } word
        ? ImmutableDictionary<string, string?>.Empty.Add(Written, word.Written).Add(Meant, word.Meant)
        : ImmutableDictionary<string, string?>.Empty;

    // An error can't be switched off, because nothing could be built without it.
    private static DiagnosticDescriptor DescriptorOf(Rule rule) => new(
        rule.Id, rule.Title, "{0}", Category, SeverityOf(rule.Severity), isEnabledByDefault: true,
        customTags: rule.Severity == Severity.Error ? [WellKnownDiagnosticTags.NotConfigurable] : []);

    private static DiagnosticSeverity SeverityOf(Severity severity) => severity switch
    {
        Severity.Error => DiagnosticSeverity.Error,
        Severity.Warning => DiagnosticSeverity.Warning,
        _ => DiagnosticSeverity.Info,
    };
}
