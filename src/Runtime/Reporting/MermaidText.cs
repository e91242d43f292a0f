using System.Globalization;
using System.Text;

namespace ModelGen.Reporting;

/// <summary>Writes a diagram as Mermaid's flowchart: one subgraph for the network and one for each block.</summary>
internal static class MermaidText
{
    public static string Of(Diagram diagram)
    {
        var text = new StringBuilder("flowchart TD\n");
        for (var part = 0; part < diagram.Parts.Count; part++)
        {
            text.Append(CultureInfo.InvariantCulture, $"    subgraph part{part}[\"{Escape(diagram.Parts[part].Title)}\"]\n");
            var ids = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var node in diagram.Parts[part].Nodes)
                Append(text, node, ids, part);
            text.Append("    end\n");
        }

        return text.ToString();
    }

    // A name of a layer may be a word of Mermaid's, such as "end"; a number behind a letter is none.
    private static void Append(StringBuilder text, DiagramNode node, Dictionary<string, string> ids, int part)
    {
        var id = string.Create(CultureInfo.InvariantCulture, $"p{part}n{ids.Count}");
        var label = node.Kind.Length == 0 ? Escape(node.Name) : $"<b>{Escape(node.Name)}</b> {Escape(node.Kind)}";
        var (open, close) = node.Kind.Length == 0 ? ("([", "])") : ("[", "]");
        text.Append(CultureInfo.InvariantCulture, $"        {id}{open}\"{label}<br/>{Escape(node.Shape)}\"{close}\n");
        foreach (var source in node.Sources)
            text.Append(CultureInfo.InvariantCulture, $"        {ids[source]} --> {id}\n");
        ids[node.Name] = id;
    }

    // Mermaid has no backslash: what could end a label is written by its number.
    private static string Escape(string text) => text
        .Replace("\"", "#quot;", StringComparison.Ordinal)
        .Replace("<", "#lt;", StringComparison.Ordinal)
        .Replace(">", "#gt;", StringComparison.Ordinal);
}
