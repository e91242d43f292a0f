using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ModelGen.Collections;

namespace ModelGen.Graph;

/// <summary>
/// How much of the input's image a value sees: r rows and columns, where neighbouring values are j apart. A window of kernel k, stride s and dilation d
/// sees r + d (k - 1) j, and its values are j s apart (Araujo, Norris and Sim 2019, "Computing Receptive Fields of Convolutional Neural Networks").
/// What takes several sees as much as the one that sees most.
/// </summary>
internal sealed record ReceptiveField(IReadOnlyList<double> Seen, IReadOnlyList<double> Step, bool IsAll = false)
{
    private static readonly ReceptiveField All = new([], [], IsAll: true);

    private string? _words;

    /// <summary>The fields of all layers; null where an input is no image, nor a signal.</summary>
    public static IReadOnlyList<ReceptiveField?> Of(ModelGraph graph)
    {
        var inputs = graph.Root.Inputs.Select(input => OfInput(input.Shape)).ToArray();
        var fields = new List<ReceptiveField?>(graph.Layers.Count);
        foreach (var layer in graph.Layers)
        {
            var seen = FieldOf(layer.Sources[0]);
            for (var i = 1; i < layer.Sources.Count && seen is not null; i++)
                seen = FieldOf(layer.Sources[i]) is { } other ? Wider(seen, other) : null;
            fields.Add(seen?.Behind(layer.Node));
        }

        return fields;

        ReceptiveField? FieldOf(int source) => source < 0 ? inputs[~source] : fields[source];
    }

    /// <summary>For people: <c>5x5</c>, <c>all</c>. Layers that look at single values have the field, and its text, of the one before.</summary>
    public override string ToString() => _words ??= IsAll ? "all" : Words();

    private string Words()
    {
        var text = TextBuffer.Take();
        for (var i = 0; i < Seen.Count; i++)
            text.Append(i == 0 ? "" : "x").Append(Math.Round(Seen[i]).ToString(CultureInfo.InvariantCulture));
        return TextBuffer.Complete(text);
    }

    private static ReceptiveField? OfInput(TensorShape shape)
    {
        if (shape.Rank < 3)
            return null;
        var ones = Enumerable.Repeat(1.0, shape.Rank - 2).ToArray();
        return new ReceptiveField(ones, ones);
    }

    private static ReceptiveField Wider(ReceptiveField one, ReceptiveField other) =>
        one.IsAll || other.IsAll || one.Seen.Count != other.Seen.Count ? All
        : one.Seen.Zip(other.Seen, (a, b) => a - b).Sum() >= 0 ? one : other;

    private ReceptiveField Behind(LayerNode node)
    {
        if (IsAll || node.Kind.SeesAll)
            return All;
        if (node.Kind.Window(node.Settings) is not { } window || window.Directions != Seen.Count)
            return this;
        var (seen, step) = (Seen.ToArray(), Step.ToArray());
        for (var i = 0; i < seen.Length; i++)
        {
            seen[i] += window.Dilation[i] * (window.Kernel[i] - 1) * step[i];
            step[i] *= window.Stride[i];
        }

        return new ReceptiveField(seen, step);
    }
}
