using System.Text.Encodings.Web;
using System.Text.Json;
using Microsoft.CodeAnalysis;

namespace ModelGen.Tool.Findings;

/// <summary>Findings as a list of JSON objects, for programs.</summary>
internal static class FindingJson
{
    /// <summary>What is inside of quotes here is never put into a web page by itself: letters stay readable.</summary>
    internal static readonly JsonWriterOptions Options = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>The list, ending with a line end.</summary>
    public static string Of(IReadOnlyList<Diagnostic> diagnostics) => Written(writer =>
    {
        writer.WriteStartArray();
        foreach (var diagnostic in diagnostics)
        {
            var place = FindingPlace.Of(diagnostic);
            writer.WriteStartObject();
            writer.WriteString("file", place.File);
            writer.WriteNumber("line", place.Line);
            writer.WriteNumber("column", place.Column);
            writer.WriteNumber("end_line", place.EndLine);
            writer.WriteNumber("end_column", place.EndColumn);
            writer.WriteString("severity", FindingText.SeverityOf(diagnostic));
            writer.WriteString("id", diagnostic.Id);
            writer.WriteString("message", FindingText.MessageOf(diagnostic));
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    });

    /// <summary>A document that <paramref name="write"/> writes.</summary>
    internal static string Written(Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Options))
            write(writer);
        return System.Text.Encoding.UTF8.GetString(buffer.ToArray()) + "\n";
    }
}
