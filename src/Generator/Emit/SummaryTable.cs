using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using ModelGen.Graph;

namespace ModelGen.Emit;

/// <summary>The network as a table, one line per layer, with what it gives and what it costs.</summary>
internal static class SummaryTable
{
    private static readonly string[] Titles = ["layer", "kind", "output", "parameters", "multiply-adds"];

    /// <summary>Lines without their ends, none with a space at its end.</summary>
    /// <param name="graph">The network.</param>
    /// <param name="isWhole">Whether blocks are shown with their layers, or as one line each.</param>
    public static IReadOnlyList<string> Lines(ModelGraph graph, bool isWhole)
    {
        var rows = new List<string[]>(graph.Layers.Count + 3) { Titles };
        foreach (var input in graph.Root.Inputs)
            rows.Add([input.Name, "", input.Shape.ToString(), "", ""]);
        AddRows(rows, graph.Root, "", isWhole);
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

    private static void AddRows(List<string[]> rows, ModuleGraph module, string indent, bool isWhole)
    {
        foreach (var node in module.Nodes)
        {
            if (node is BypassNode)
                continue;
            var (parameters, multiplyAdds) = Costs.Of(node);
            rows.Add([indent + node.Name.Key, NodeWords.Kind(node), node.Output.ToString(), Number(parameters), Number(multiplyAdds)]);
            if (isWhole && node is ModuleNode { Module: var inner })
                AddRows(rows, inner, indent + "  ", isWhole);
            else if (isWhole && node is RepeatNode repeat)
                AddRows(rows, repeat, indent + "  ");
        }
    }

    // Blocks that are the same one after the other are shown once.
    private static void AddRows(List<string[]> rows, RepeatNode repeat, string indent)
    {
        for (var i = 0; i < repeat.Modules.Count;)
        {
            var (module, end) = (repeat.Modules[i], i + 1);
            while (end < repeat.Modules.Count && IsSame(repeat.Modules[end], module))
                end++;
            var (parameters, multiplyAdds) = Costs.Of(module);
            var (key, count) = end == i + 1 ? (repeat.Keys.Of(i), "") : ($"{repeat.Keys.Of(i)} to {repeat.Keys.Of(end - 1)}", "each ");
            rows.Add([indent + key, count + module.Definition.Type, module.Output.ToString(), Number(parameters), Number(multiplyAdds)]);
            AddRows(rows, module, indent + "  ", isWhole: true);
            i = end;
        }
    }

    private static bool IsSame(ModuleGraph one, ModuleGraph other) =>
        one.Definition == other.Definition && one.Inputs.SequenceEqual(other.Inputs) && one.Arguments.SequenceEqual(other.Arguments)
        && one.Nodes.Count == other.Nodes.Count && one.Output == other.Output;

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
