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

    private readonly List<(int Depth, string[] Cells)> _rows;
    private readonly IReadOnlyList<ReceptiveField?> _fields;
    private int _layer;

    /// <param name="graph">The network.</param>
    public SummaryTable(ModelGraph graph)
    {
        _rows = new List<(int, string[])>(graph.Layers.Count + 3) { (0, Titles) };
        _fields = ReceptiveField.Of(graph);
        foreach (var input in graph.Root.Inputs)
            _rows.Add((0, [input.Name, "", input.Shape.ToString(), "", "", "", ""]));
        var memory = AddRows(graph.Root, 0);
        _rows.Add((0, ["total", "", "", Number(graph.Parameters), Number(graph.MultiplyAdds), Bytes(memory), ""]));
    }

    /// <summary>Lines without their ends, none with a space at its end.</summary>
    /// <param name="isWhole">Whether blocks are shown with their layers, or as one line each.</param>
    public IReadOnlyList<string> Lines(bool isWhole)
    {
        var rows = new List<string[]>(_rows.Count);
        foreach (var (depth, cells) in _rows)
        {
            if (isWhole || depth == 0)
                rows.Add(cells);
        }

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
    private long AddRows(ModuleGraph module, int depth)
    {
        var sum = 0L;
        foreach (var node in module.Nodes)
        {
            if (node is BypassNode)
                continue;
            var row = Reserve();
            var memory = node switch
            {
                ModuleNode { Module: var inner } => AddRows(inner, depth + 1),
                RepeatNode repeat => AddRows(repeat, depth + 1),
                _ => Take((LayerNode)node),
            };
            Fill(row, depth, node.Name.Key, NodeWords.Kind(node), node.Output, Costs.Of(node), memory);
            sum = checked(sum + memory);
        }

        return sum;
    }

    // Blocks that are the same one after the other are shown once.
    private long AddRows(RepeatNode repeat, int depth)
    {
        var sum = 0L;
        for (var i = 0; i < repeat.Modules.Count;)
        {
            var (module, end) = (repeat.Modules[i], i + 1);
            while (end < repeat.Modules.Count && IsSame(repeat.Modules[end], module))
                end++;
            var (key, count) = end == i + 1 ? (repeat.Keys.Of(i), "") : ($"{repeat.Keys.Of(i)} to {repeat.Keys.Of(end - 1)}", "each ");
            var (row, first) = (Reserve(), _layer);
            var memory = AddRows(module, depth + 1);
            Fill(row, depth, key, count + module.Definition.Type, module.Output, Costs.Of(module), memory);
            _layer += (_layer - first) * (end - i - 1);
            sum = checked(sum + (memory * (end - i)));
            i = end;
        }

        return sum;
    }

    // A row stands before those of what is in it, but is known after them.
    private int Reserve()
    {
        _rows.Add(default);
        return _rows.Count - 1;
    }

    private void Fill(int row, int depth, string key, string kind, TensorShape output, (long Parameters, long MultiplyAdds) costs, long memory) => _rows[row] = (
        depth,
        [new string(' ', 2 * depth) + key, kind, output.ToString(), Number(costs.Parameters), Number(costs.MultiplyAdds), Bytes(memory), Seen()]);

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
