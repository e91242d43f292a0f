using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ModelGen.Collections;

namespace ModelGen.Specs;

/// <summary>
/// Where a layer stands: the list that holds it, and its index there. A list is the network's own, <c>layers</c>, a block's,
/// <c>blocks.Cell.layers</c>, or inside a layer of another list, <c>layers[2].shortcut</c>; of a layer with several lists, <c>layers[2].branches[0]</c>.
/// </summary>
internal readonly record struct LayerPlace(string List, int Index)
{
    /// <summary>The path in the source map.</summary>
    public string Path => TextBuffer.Joined(TextBuffer.Joined(List, "["), Index.ToString(CultureInfo.InvariantCulture), "]");

    public static LayerPlace OfNetwork(int index) => new(LayerLists.Root, index);

    /// <summary>The place so many layers behind it in the same list.</summary>
    public LayerPlace Plus(int steps) => this with { Index = Index + steps };

    public override string ToString() => Path;
}

/// <summary>The lists of layers in a spec, by their paths.</summary>
internal static class LayerLists
{
    public const string Root = "layers";

    /// <summary>The same layers with <paramref name="change"/> made to the list that <paramref name="path"/> names from <paramref name="at"/> on.</summary>
    public static EquatableArray<SectionSpec> Change(
        EquatableArray<SectionSpec> layers, string path, int at, Func<EquatableArray<SectionSpec>, IEnumerable<SectionSpec>> change)
    {
        if (at == path.Length)
            return EquatableArray<SectionSpec>.Of(change(layers));

        // [index].setting
        var index = IndexAt(path, at, out var dot);
        var end = path.IndexOf('[', dot);
        var name = end < 0 ? path.Substring(dot + 1) : path.Substring(dot + 1, end - dot - 1);
        return EquatableArray<SectionSpec>.Of(layers.Select((layer, i) => i != index ? layer : Inside(layer, name, path, end < 0 ? path.Length : end, change)));
    }

    private static SectionSpec Inside(SectionSpec layer, string name, string path, int at, Func<EquatableArray<SectionSpec>, IEnumerable<SectionSpec>> change)
    {
        if (layer.Find(name) is not { } value)
            return layer;
        if (value.Kind == SpecValueKind.Layers)
            return layer.With(name, SpecValue.Of(Change(value.Layers, path, at, change)));
        // A word that stands for layers, such as 'projection', has none of its own.
        if (value.Kind != SpecValueKind.List)
            return layer;

        // A list of lists: its own index comes first.
        var index = IndexAt(path, at, out var rest);
        return layer.With(name, SpecValue.Of(EquatableArray<SpecValue>.Of(value.Items.Select((item, i) =>
            i == index && item.Kind == SpecValueKind.Layers ? SpecValue.Of(Change(item.Layers, path, rest, change)) : item))));
    }

    private static int IndexAt(string path, int bracket, out int behind)
    {
        var close = path.IndexOf(']', bracket);
        behind = close + 1;
        return int.Parse(path.Substring(bracket + 1, close - bracket - 1), CultureInfo.InvariantCulture);
    }
}
