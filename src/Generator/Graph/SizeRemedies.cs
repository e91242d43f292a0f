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

    /// <summary>
    /// An input that halves as often as the network halves it: what is doubled again then has the sizes that it had. For an image of 45 rows that
    /// becomes one of 5, the next multiple of 8.
    /// </summary>
    public static IEnumerable<Fix> ForInput(IReadOnlyList<int> sources, ValueTable values)
    {
        if (values.Prefix.Length > 0)
            yield break;
        var input = sources[0];
        while (values.NodeOf(input) is { } node)
            input = node.Sources[0];
        var sizes = values.ShapeOf(input)!.Value.Sizes.ToArray();
        if (sizes.Length < 2)
            yield break;
        for (var i = 1; i < sizes.Length; i++)
        {
            var smallest = sources.SelectMany(source => ShapesBefore(source, values)).Where(shape => shape.Sizes.Count == sizes.Length).Min(shape => shape[i]);
            sizes[i] = NextMultiple(sizes[i], sizes[i] / smallest);
        }

        var written = SpecValue.OfNumbers(sizes);
        yield return Fix.Of($"write {values.InputWords(input)} as {written}", new SetInput(ModelSpec.InputShape, written) { Input = input });
    }

    private static IEnumerable<TensorShape> ShapesBefore(int value, ValueTable values)
    {
        for (; values.NodeOf(value) is { } node; value = node.Sources[0])
            yield return node.Output;
        yield return values.ShapeOf(value)!.Value;
    }

    /// <summary>The next multiple of the largest power of two that is not above a ratio.</summary>
    private static long NextMultiple(long size, long ratio)
    {
        var power = 1L;
        while (power * 2 <= ratio)
            power *= 2;
        return checked((size + power - 1) / power * power);
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
