using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text;
using ModelGen.Graph;

namespace ModelGen.Emit;

/// <summary>
/// The network as a table, one line per layer: what it gives and costs, the memory that its output takes for one sample, and how much of the input's
/// image each of its values sees.
/// </summary>
internal sealed class SummaryTable
{
    private static readonly string[] Titles = ["layer", "kind", "output", "parameters", "multiply-adds", "memory", "sees"];

    private readonly List<string[]> _rows;
    private readonly IReadOnlyList<ReceptiveField?> _fields;
    private readonly bool _isWhole;
    private int _layer;

    private SummaryTable(ModelGraph graph, bool isWhole)
    {
        _isWhole = isWhole;
        _rows = new List<string[]>(graph.Layers.Count + 3) { Titles };
        _fields = ReceptiveField.Of(graph);
        foreach (var input in graph.Root.Inputs)
            _rows.Add([input.Name, "", input.Shape.ToString(), "", "", "", ""]);
        var memory = AddRows(graph.Root, "");
        _rows.Add(["total", "", "", Number(graph.Parameters), Number(graph.MultiplyAdds), Bytes(memory), ""]);
    }

    /// <summary>Lines without their ends, none with a space at its end.</summary>
    /// <param name="graph">The network.</param>
    /// <param name="isWhole">Whether blocks are shown with their layers, or as one line each.</param>
    public static IReadOnlyList<string> Lines(ModelGraph graph, bool isWhole) => new SummaryTable(graph, isWhole).Lines();

    private List<string> Lines()
    {
        var rows = _rows;
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

    /// <summary>Adds the rows of a module, and returns the bytes of all outputs in it.</summary>
    private long AddRows(ModuleGraph module, string indent)
    {
        var sum = 0L;
        foreach (var node in module.Nodes)
        {
            if (node is BypassNode)
                continue;
            var row = _rows.Count;
            var (parameters, multiplyAdds) = Costs.Of(node);
            _rows.Add([]);
            var memory = node switch
            {
                ModuleNode { Module: var inner } => AddRows(inner, indent + "  "),
                RepeatNode repeat => AddRows(repeat, indent + "  "),
                _ => Take((LayerNode)node),
            };
            _rows[row] = [indent + node.Name.Key, NodeWords.Kind(node), node.Output.ToString(), Number(parameters), Number(multiplyAdds), Bytes(memory), Seen()];
            if (!_isWhole)
                _rows.RemoveRange(row + 1, _rows.Count - row - 1);
            sum = checked(sum + memory);
        }

        return sum;
    }

    // Blocks that are the same one after the other are shown once.
    private long AddRows(RepeatNode repeat, string indent)
    {
        var sum = 0L;
        for (var i = 0; i < repeat.Modules.Count;)
        {
            var (module, end) = (repeat.Modules[i], i + 1);
            while (end < repeat.Modules.Count && IsSame(repeat.Modules[end], module))
                end++;
            var row = _rows.Count;
            var (parameters, multiplyAdds) = Costs.Of(module);
            var (key, count) = end == i + 1 ? (repeat.Keys.Of(i), "") : ($"{repeat.Keys.Of(i)} to {repeat.Keys.Of(end - 1)}", "each ");
            _rows.Add([]);
            var memory = AddRows(module, indent + "  ");
            _rows[row] = [indent + key, count + module.Definition.Type, module.Output.ToString(), Number(parameters), Number(multiplyAdds), Bytes(memory), Seen()];
            for (var other = i + 1; other < end; other++)
            {
                var shown = _rows.Count;
                _ = AddRows(repeat.Modules[other], "");
                _rows.RemoveRange(shown, _rows.Count - shown);
            }

            sum = checked(sum + (memory * (end - i)));
            i = end;
        }

        return sum;
    }

    private static bool IsSame(ModuleGraph one, ModuleGraph other) =>
        one.Definition == other.Definition && one.Inputs.SequenceEqual(other.Inputs) && one.Arguments.SequenceEqual(other.Arguments)
        && one.Nodes.Count == other.Nodes.Count && one.Output == other.Output;

    private long Take(LayerNode node)
    {
        _layer++;
        return checked(node.Output.ElementCount * (node.Output.IsIndices ? sizeof(long) : sizeof(float)));
    }

    private string Seen() => _layer == 0 || _fields[_layer - 1] is not { } field ? "-" : field.ToString();

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

    /// <summary>In units of 1,024 bytes.</summary>
    private static string Bytes(long count) => count == 0 ? "-" : count < 1 << 10
        ? CSharpLiteral.Of(count) + " B" : count < 1 << 20
        ? (count / 1024.0).ToString("F1", CultureInfo.InvariantCulture) + " KiB"
        : (count / (1024.0 * 1024.0)).ToString("F1", CultureInfo.InvariantCulture) + " MiB";

    // Sizes of zero say nothing: a dash is easier to look past.
    private static string Number(long value) => value == 0 ? "-" : CSharpLiteral.Counted(value);
}
