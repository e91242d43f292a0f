using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Collections;
using ModelGen.Diagnostics;
using ModelGen.Specs;

namespace ModelGen.Graph;

/// <summary>What may mend a layer in which images of different sizes meet: the windows on the ways to it, each alone and then those of one setting together.</summary>
internal static class SizeRemedies
{
    /// <summary>The layers that are looked at on each way: what made the difference is rarely far.</summary>
    private const int MostLayers = 64;

    /// <summary>Windows that are tried alone, the nearest first.</summary>
    private const int MostAlone = 4;

    private const int MostNamed = 4;

    /// <param name="sources">The values that meet.</param>
    /// <param name="values">The values before the layer.</param>
    public static IEnumerable<Fix> For(IReadOnlyList<int> sources, ValueTable values)
    {
        var shapes = sources.Select(source => values.ShapeOf(source)!.Value).ToArray();
        if (shapes.Any(shape => shape.Rank != shapes[0].Rank))
            return [];
        var differs = Enumerable.Range(1, Math.Max(0, shapes[0].Rank - 2)).Select(i => shapes.Any(shape => shape[i] != shapes[0][i])).ToArray();
        if (!differs.Contains(true))
            return [];
        var edits = sources
            .SelectMany(source => LayersBefore(source, values.NodeOf, values.Prefix).Take(MostLayers))
            .Where(layer => layer.Node.Output.Rank == shapes[0].Rank)
            .SelectMany(layer => layer.Node.Kind.Resizes(layer.Node.Settings, differs).Select(edit => (Edit: (SetLayerSetting)edit.From(layer.Node.Place), layer.Key)))
            .GroupBy(one => one.Edit).Select(same => same.First())
            .ToArray();
        return
        [
            .. edits.Take(MostAlone).Select(one => Write([one])),
            .. edits.GroupBy(one => (one.Edit.Name, one.Edit.Value)).Where(same => same.Count() > 1).Take(1).Select(same => Write([.. same])),
        ];
    }

    private static Fix Write((SetLayerSetting Edit, string Key)[] edits)
    {
        var keys = edits.Select(one => $"'{one.Key}'").Reverse().ToArray();
        var named = Listing.Of(keys.Length > MostNamed ? [.. keys.Take(MostNamed - 1), $"{keys.Length - MostNamed + 1} more"] : keys);
        return new Fix($"write {edits[0].Edit.Name} {edits[0].Edit.Value} for {named}", EquatableArray<SpecEdit>.Of(edits.Select(one => (SpecEdit)one.Edit)));
    }

    /// <summary>The layers on the way to a value, the nearest first, also those of the blocks on it.</summary>
    private static IEnumerable<(LayerNode Node, string Key)> LayersBefore(int value, Func<int, GraphNode?> nodeOf, string prefix)
    {
        for (var node = nodeOf(value); node is not null; node = nodeOf(node.Sources[0]))
        {
            var key = prefix + node.Name.Key;
            var layers = node switch
            {
                LayerNode layer => [(layer, key)],
                ModuleNode module => LayersIn(module.Module, key),
                RepeatNode repeat => repeat.Modules.Select((module, i) => LayersIn(module, $"{key}.{repeat.Keys.Of(i)}")).Reverse().SelectMany(layers => layers),
                _ => Enumerable.Empty<(LayerNode, string)>(),
            };
            foreach (var layer in layers)
                yield return layer;
        }
    }

    private static IEnumerable<(LayerNode Node, string Key)> LayersIn(ModuleGraph module, string key) => LayersBefore(
        module.Outputs[0], value => value < module.Inputs.Count ? null : module.Nodes[value - module.Inputs.Count], key + ".");
}
