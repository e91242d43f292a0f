using System;
using System.Collections.Generic;
using System.Text;
using ModelGen.Graph;

namespace ModelGen.Emit;

/// <summary>The network as a table, one line per layer, with what it gives and what it costs.</summary>
internal static class SummaryTable
{
    private static readonly string[] Titles = ["layer", "kind", "output", "parameters", "multiply-adds"];

    /// <summary>Lines without their ends, none with a space at its end.</summary>
    /// <param name="graph">The network.</param>
    /// <param name="shapes">The texts of its input's shape and of each layer's output's.</param>
    public static IReadOnlyList<string> Lines(ModelGraph graph, string[] shapes)
    {
        var rows = new List<string[]>(graph.Nodes.Count + 3) { Titles };
        rows.Add(["input", "", shapes[0], "", ""]);
        foreach (var node in graph.Nodes)
            rows.Add([node.Name.Key, node.Kind.Keyword, shapes[rows.Count - 1], Number(node.Parameters), Number(node.MultiplyAdds)]);
        rows.Add(["total", "", "", Number(graph.Parameters), Number(graph.MultiplyAdds)]);

        var widths = Widths(rows);
        var width = 2 * (Titles.Length - 1);
        foreach (var column in widths)
            width += column;
        var rule = new string('-', width);
        var line = new StringBuilder(width);
        var lines = new List<string>(rows.Count + 2);
        foreach (var row in rows)
            lines.Add(Line(row, widths, line));
        lines.Insert(lines.Count - 1, rule);
        lines.Insert(1, rule);
        return lines;
    }

    private static int[] Widths(List<string[]> rows)
    {
        var widths = new int[Titles.Length];
        foreach (var row in rows)
        {
            for (var column = 0; column < Titles.Length; column++)
                widths[column] = Math.Max(widths[column], row[column].Length);
        }

        return widths;
    }

    // Words stand to the left of their column, numbers to the right.
    private static string Line(string[] row, int[] widths, StringBuilder line)
    {
        line.Clear();
        for (var column = 0; column < Titles.Length; column++)
        {
            var (cell, space) = (row[column], widths[column] - row[column].Length);
            line.Append(' ', column == 0 ? 0 : 2);
            if (column < 3)
                line.Append(cell).Append(' ', space);
            else
                line.Append(' ', space).Append(cell);
        }

        while (line[line.Length - 1] == ' ')
            line.Length--;
        return line.ToString();
    }

    // Sizes of zero say nothing: a dash is easier to look past.
    private static string Number(long value) => value == 0 ? "-" : CSharpLiteral.Counted(value);
}
