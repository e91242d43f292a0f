using System.Collections.Generic;
using System.Linq;
using ModelGen.Collections;
using ModelGen.Diagnostics;
using ModelGen.Specs;

namespace ModelGen.Graph.Checks;

/// <summary>What flows into a layer need not be named among what it takes beside that: it would be joined with itself.</summary>
internal static class TakenTwice
{
    public static IEnumerable<Finding> Check(ModelGraph graph)
    {
        foreach (var layer in graph.Layers)
        {
            var node = layer.Node;
            // What a structure adds has no names.
            if (!node.Kind.Joins || node.Kind.Operands is not { } with || !node.Settings.Has(with))
                continue;
            var names = node.Settings.Get(with);
            // x + x is twice x, and may be meant.
            if (names.Count == 1)
                continue;
            for (var i = 0; i < names.Count; i++)
            {
                var first = FirstOf(node.Sources, node.Sources[i + 1]);
                if (first > i)
                    continue;
                var why = first == 0 ? $"it flows in, and '{with.Name}' names it once more" : $"'{with.Name}' names it twice";
                yield return Finding.Of(Rules.TakenTwice, new LayerPlace($"{node.Place.Path}.{with.Name}", i).Path, layer.Key, node.Kind.Keyword, names[i], why)
                    .WithFixes([Fix.Of($"remove '{names[i]}' from '{with.Name}'", new SetLayerSetting(node.Place, with.Name, Without(names, i)))]);
            }
        }
    }

    private static int FirstOf(IReadOnlyList<int> sources, int source)
    {
        var first = 0;
        while (sources[first] != source)
            first++;
        return first;
    }

    private static SpecValue Without(IReadOnlyList<string> names, int index) =>
        SpecValue.Of(EquatableArray<SpecValue>.Of(names.Where((_, i) => i != index).Select(SpecValue.Of)));
}
