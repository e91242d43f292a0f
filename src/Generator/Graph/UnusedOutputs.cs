using System.Collections.Generic;
using System.Linq;
using ModelGen.Diagnostics;
using ModelGen.Layers;
using ModelGen.Specs;

namespace ModelGen.Graph;

/// <summary>What no layer of a module takes, and what may mend that: the layer behind it takes it, or it goes, with what led to it alone.</summary>
internal static class UnusedOutputs
{
    private const int MostRemoved = 4;

    /// <param name="values">The values of the module.</param>
    /// <param name="outputs">Those that it gives.</param>
    /// <param name="inputs">The path of its inputs.</param>
    /// <param name="mayGiveMore">Whether it can give more than one: a network that a loop of its user's trains.</param>
    public static IEnumerable<Finding> Find(ValueTable values, IReadOnlyList<int> outputs, string inputs, bool mayGiveMore)
    {
        var uses = values.Uses(outputs);
        for (var value = 0; value < uses.Length; value++)
        {
            if (uses[value] > 0)
                continue;
            yield return values.NodeOf(value) is { } node
                ? Finding.Of(
                    Rules.UnusedOutput, node.Place.Path, $"The output of layer '{values.Words(node)}'",
                    "let a layer behind it take it" + (mayGiveMore ? ", or name it in 'outputs'" : ""))
                    .WithFixes([.. Taken(node, values), Removed(node, values, uses)])
                : Finding.Of(
                    Rules.UnusedOutput, $"{inputs}.{values.NameOf(value)}", $"The input '{values.Prefix}{values.NameOf(value)}'",
                    "let a layer take it by 'from' or 'with', or remove it");
        }
    }

    private static IEnumerable<Fix> Taken(GraphNode node, ValueTable values)
    {
        var (from, next) = (CatalogueEntry.From, new LayerPlace(node.Place.List, node.Place.Index + 1));
        return values.Nodes.OfType<LayerNode>()
            .Where(layer => layer.Place == next && layer.Settings.Has(from))
            .Select(layer => Fix.Of($"remove '{from.Name}' of '{values.Words(layer)}'", new SetLayerSetting(next, from.Name, null)));
    }

    private static Fix Removed(GraphNode node, ValueTable values, int[] uses)
    {
        var removed = new List<GraphNode> { node };
        while (removed.Count < MostRemoved && Before(removed[removed.Count - 1]) is { } before)
            removed.Add(before);
        return Fix.Of(
            $"remove {Listing.Of([.. removed.Select(layer => $"'{values.Words(layer)}'").Reverse()])}",
            [.. removed.Select(layer => new RemoveLayer(layer.Place))]);

        GraphNode? Before(GraphNode behind) =>
            uses[behind.Sources[0]] == 1 && values.NodeOf(behind.Sources[0]) is { } before
            && before.Place.List == behind.Place.List && before.Place.Index != behind.Place.Index
                ? before
                : null;
    }
}
