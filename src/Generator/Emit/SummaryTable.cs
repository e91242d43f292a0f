using System.Collections.Generic;
using System.Linq;
using ModelGen.Graph;

namespace ModelGen.Emit;

/// <summary>The network as a table, one line per layer, with what it gives and what it costs.</summary>
internal static class SummaryTable
{
    private static readonly string[] Titles = ["layer", "kind", "output", "parameters", "multiply-adds"];

    /// <summary>Lines without their ends, none with a space at its end.</summary>
    public static IReadOnlyList<string> Lines(ModelGraph graph)
    {
        var rows = new List<string[]> { Titles };
        rows.Add(["input", "", graph.Input.ToString(), "", ""]);
        foreach (var node in graph.Nodes)
            rows.Add([node.Name.Key, node.Kind.Keyword, node.Output.ToString(), Number(node.Parameters), Number(node.MultiplyAdds)]);
        rows.Add(["total", "", "", Number(graph.Parameters), Number(graph.MultiplyAdds)]);

        var widths = Enumerable.Range(0, Titles.Length).Select(column => rows.Max(row => row[column].Length)).ToArray();
        var lines = rows.Select(row => Line(row, widths)).ToList();
        var rule = new string('-', widths.Sum() + (2 * (widths.Length - 1)));
        lines.Insert(lines.Count - 1, rule);
        lines.Insert(1, rule);
        return lines;
    }

    private static string Line(string[] row, int[] widths) =>
        string.Join("  ", row.Select((cell, column) => column < 3 ? cell.PadRight(widths[column]) : cell.PadLeft(widths[column]))).TrimEnd();

    // Sizes of zero say nothing: a dash is easier to look past.
    private static string Number(long value) => value == 0 ? "-" : CSharpLiteral.Counted(value);
}
