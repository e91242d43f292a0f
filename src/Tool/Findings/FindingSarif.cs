using System.Text.Json;
using Microsoft.CodeAnalysis;

namespace ModelGen.Tool.Findings;

/// <summary>Findings as SARIF 2.1.0 (OASIS, Static Analysis Results Interchange Format), which code hosts and editors show beside the lines.</summary>
internal static class FindingSarif
{
    /// <summary>The log, ending with a line end.</summary>
    public static string Of(IReadOnlyList<Diagnostic> diagnostics) => FindingJson.Written(writer =>
    {
        writer.WriteStartObject();
        // Some code hosts refuse a log that does not name it.
        writer.WriteString("$schema", "https://json.schemastore.org/sarif-2.1.0.json");
        writer.WriteString("version", "2.1.0");
        writer.WriteStartArray("runs");
        writer.WriteStartObject();
        WriteTool(writer, diagnostics);
        // Columns count UTF-16's units, as the compiler does.
        writer.WriteString("columnKind", "utf16CodeUnits");
        writer.WriteStartArray("results");
        foreach (var diagnostic in diagnostics)
            WriteResult(writer, diagnostic);
        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteEndObject();
    });

    private static void WriteTool(Utf8JsonWriter writer, IReadOnlyList<Diagnostic> diagnostics)
    {
        writer.WriteStartObject("tool");
        writer.WriteStartObject("driver");
        writer.WriteString("name", "modelgen");
        writer.WriteString("version", typeof(FindingSarif).Assembly.GetName().Version!.ToString(3));
        writer.WriteStartArray("rules");
        foreach (var rule in diagnostics.Select(diagnostic => diagnostic.Descriptor).DistinctBy(rule => rule.Id).OrderBy(rule => rule.Id, StringComparer.Ordinal))
        {
            writer.WriteStartObject();
            writer.WriteString("id", rule.Id);
            writer.WriteStartObject("shortDescription");
            writer.WriteString("text", rule.Title.ToString(System.Globalization.CultureInfo.InvariantCulture));
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteResult(Utf8JsonWriter writer, Diagnostic diagnostic)
    {
        var place = FindingPlace.Of(diagnostic);
        writer.WriteStartObject();
        writer.WriteString("ruleId", diagnostic.Id);
        writer.WriteString("level", FindingText.SeverityOf(diagnostic) is "info" ? "note" : FindingText.SeverityOf(diagnostic));
        writer.WriteStartObject("message");
        writer.WriteString("text", FindingText.MessageOf(diagnostic));
        writer.WriteEndObject();
        writer.WriteStartArray("locations");
        writer.WriteStartObject();
        writer.WriteStartObject("physicalLocation");
        writer.WriteStartObject("artifactLocation");
        writer.WriteString("uri", UriOf(place.File));
        writer.WriteEndObject();
        writer.WriteStartObject("region");
        writer.WriteNumber("startLine", place.Line);
        writer.WriteNumber("startColumn", place.Column);
        writer.WriteNumber("endLine", place.EndLine);
        writer.WriteNumber("endColumn", place.EndColumn);
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteEndObject();
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    // As it was named: a relative path stays one, which code hosts resolve from the root of the repository.
    private static string UriOf(string path) =>
        Path.IsPathFullyQualified(path) ? new Uri(path).AbsoluteUri : string.Join('/', path.Replace('\\', '/').Split('/').Select(Uri.EscapeDataString));
}
