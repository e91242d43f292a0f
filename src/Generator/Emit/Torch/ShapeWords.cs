using System.Collections.Generic;
using System.Linq;
using ModelGen.Graph;

namespace ModelGen.Emit.Torch;

/// <summary>
/// The shapes of a class in words: numbers where all uses have the same, <c>4 * planes</c> where a size runs as a parameter does, and otherwise the
/// letters that the field uses, <c>H</c>, <c>W</c>, <c>H'</c>, for sizes that are unlike.
/// </summary>
internal sealed class ShapeWords(ModuleClass type)
{
    private static readonly string[][] Letters = [["C"], ["L", "C"], ["C", "H", "W"], ["C", "D", "H", "W"]];

    private readonly List<(string Word, object[] Row)> _lettered = [];

    // Each is written several times; making its text is not free.
    private readonly string?[] _texts = new string?[type.Uses[0].Inputs.Count + type.Template.Count];

    /// <summary>The shape of a value of the class.</summary>
    public string Of(int value) => _texts[value] ??= Text(value);

    /// <summary>The shapes of several: <c>[N, 64] and [N, 10]</c>.</summary>
    public string Of(IReadOnlyList<int> values) => values.Count == 1 ? Of(values[0]) : string.Join(" and ", values.Select(Of));

    private string Text(int value) => type.Uses.Count == 1 ? type.Uses[0].ShapeOf(value).ToString() : Text(ShapesOf(value));

    private TensorShape[] ShapesOf(int value) => [.. type.Uses.Select(use => use.ShapeOf(value))];

    private string Text(TensorShape[] shapes)
    {
        if (shapes.Any(shape => shape.Rank != shapes[0].Rank))
            return "[N, …]";
        return $"[N, {string.Join(", ", Enumerable.Range(0, shapes[0].Sizes.Count).Select(i => Size(shapes, i)))}]";
    }

    private string Size(TensorShape[] shapes, int index)
    {
        var row = shapes.Select(shape => (object)shape[index]).ToArray();
        if (type.Parameters.Find(row) is { } known)
            return known;
        var rank = shapes[0].Sizes.Count;
        var word = rank <= Letters.Length ? Letters[rank - 1][index] : "D";
        if (_lettered.FirstOrDefault(other => other.Word[0] == word[0] && other.Row.SequenceEqual(row)).Word is { } seen)
            return seen;
        while (_lettered.Any(other => other.Word == word))
            word += "'";
        _lettered.Add((word, row));
        return word;
    }
}
