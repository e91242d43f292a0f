using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Graph;

namespace ModelGen.Emit;

/// <summary>
/// The network as a table, one line per layer: what it gives and costs, the memory that its output takes for one sample, and how much of the input's
/// image each of its values sees.
/// </summary>
internal sealed class SummaryTable
{
    private static readonly string[] Titles = ["layer", "kind", "output", "parameters", "multiply-adds", "memory", "sees"];

    /// <summary>The columns of words; behind them are those of numbers.</summary>
    private const int Words = 3;

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

    /// <summary>Writes a line for each row; none ends with a space.</summary>
    /// <param name="writer">Where it is written.</param>
    /// <param name="isWhole">Whether blocks are shown with their layers, or as one line each.</param>
    /// <param name="prefix">What each line begins with. What is in the table needs no escapes, neither in a comment nor in a raw string: names and numbers.</param>
    public void Write(CodeWriter writer, bool isWhole, string prefix)
    {
        var widths = Widths(isWhole);
        var rule = new string('-', widths.Sum() + (2 * (Titles.Length - 1)));
        for (var i = 0; i < _rows.Count; i++)
        {
            if (i == 1 || i == _rows.Count - 1)
                writer.Write($"{prefix}{rule}");
            if (isWhole || _rows[i].Depth == 0)
                Write(writer, prefix, _rows[i].Cells, widths);
        }
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
        return node.OutputBytes;
    }

    private string Seen() => _layer == 0 || _fields[_layer - 1] is not { } field ? "-" : field.ToString();

    private int[] Widths(bool isWhole)
    {
        var widths = new int[Titles.Length];
        foreach (var (depth, cells) in _rows)
        {
            for (var column = 0; column < Titles.Length && (isWhole || depth == 0); column++)
                widths[column] = Math.Max(widths[column], cells[column].Length);
        }

        return widths;
    }

    // Words stand to the left of their column, numbers to the right.
    private static void Write(CodeWriter writer, string prefix, string[] cells, int[] widths)
    {
        var last = Array.FindLastIndex(cells, cell => cell.Length > 0);
        writer.Write($"{prefix}{cells[0]}{Before(1)}{cells[1]}{Before(2)}{cells[2]}{Before(3)}{cells[3]}{Before(4)}{cells[4]}{Before(5)}{cells[5]}{Before(6)}{cells[6]}");

        CodeWriter.Spaces Before(int column) => new(column > last ? 0 : 2 + (column <= Words ? Rest(column - 1) : 0) + (column >= Words ? Rest(column) : 0));

        int Rest(int column) => widths[column] - cells[column].Length;
    }

    /// <summary>In units of 1,024 bytes.</summary>
    public static string Bytes(long count) => count == 0 ? "-" : count < 1 << 10
        ? CSharpLiteral.Of(count) + " B" : count < 1 << 20
        ? Tenths(count, 10, " KiB")
        : Tenths(count, 20, " MiB");

    // In whole numbers, of which every framework writes the same: .NET Framework rounds 12.25 up, .NET to the even digit.
    private static string Tenths(long count, int bits, string name)
    {
        var unit = 1L << bits;
        var part = 10 * (count & (unit - 1));
        var (tenths, rest) = (part / unit, part % unit);
        if (2 * rest > unit || (2 * rest == unit && tenths % 2 == 1))
            tenths++;
        return $"{CSharpLiteral.Of((count >> bits) + (tenths / 10))}.{CSharpLiteral.Of(tenths % 10)}{name}";
    }

    // Sizes of zero say nothing: a dash is easier to look past.
    private static string Number(long value) => value == 0 ? "-" : CSharpLiteral.Counted(value);
}
