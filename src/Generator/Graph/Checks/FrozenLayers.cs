using System.Collections.Generic;
using System.Linq;
using ModelGen.Diagnostics;
using ModelGen.Graph.Kernels;
using ModelGen.Specs;

namespace ModelGen.Graph.Checks;

/// <summary>Each pattern that freezes parameters is met by a layer that has some, and they don't freeze all.</summary>
internal static class FrozenLayers
{
    private const string Place = "training.freeze";

    public static IEnumerable<Finding> Check(ModelGraph graph) => graph.Training?.Recipe.Freeze is { Count: > 0 } patterns ? Check(graph, patterns) : [];

    private static IEnumerable<Finding> Check(ModelGraph graph, IReadOnlyList<string> patterns)
    {
        var learning = graph.Layers.Where(layer => layer.Node.Parameters > 0).ToArray();
        for (var i = 0; i < patterns.Count; i++)
        {
            var pattern = patterns[i];
            if (!learning.Any(layer => FreezePattern.MayMean(pattern, layer.Key)))
                yield return Say(i, pattern, $"but no parameter has such a key: {Keys(learning)}");
        }

        if (learning.Length > 0 && learning.All(layer => patterns.Any(pattern => FreezePattern.MeansAll(pattern, layer.Key))))
            yield return Finding.Of(
                Rules.FreezesNothing, Place, SpecValue.Shorten(patterns[0]), "and with it no parameter is left to train: leave out a pattern");
        else if (graph.Compilation.Backend != Backend.Torch
            && patterns.All(pattern => learning.Any(layer => FreezePattern.MayMean(pattern, layer.Key)))
            && !KernelPlan.Missing(graph.Flat, trains: true).Any())
            foreach (var finding in CheckKernels(graph, patterns))
                yield return finding;
    }

    private static Finding Say(int index, string pattern, string why) =>
        Finding.Of(Rules.FreezesNothing, new LayerPlace(Place, index).Path, SpecValue.Shorten(pattern), why);

    private static string Keys(FlatLayer[] learning) => learning.Length == 0
        ? "the network has none"
        : $"the layers that learn are {string.Join(", ", learning.Take(5).Select(layer => layer.Key))}{(learning.Length > 5 ? ", …" : "")}";

    /// <summary>
    /// Plain C# computes no gradient of what is frozen, and the build decides of what it does: whole layers, and such as stand before all that learn, as the
    /// backbone does in transfer learning.
    /// </summary>
    private static IEnumerable<Finding> CheckKernels(ModelGraph graph, IReadOnlyList<string> patterns)
    {
        var plan = KernelPlan.Of(graph);
        var keys = plan.Holders
            .SelectMany(step => step.Kernel.Parameters.Where(parameter => parameter.IsThere).Select(parameter => parameter.KeyIn(step.Layers[0].Key)))
            .ToArray();
        for (var i = 0; i < patterns.Count; i++)
        {
            var pattern = patterns[i];
            if (!keys.Any(key => FreezePattern.Means(pattern, key)))
                yield return Say(i, pattern, $"but no parameter has such a key: the first are {string.Join(", ", keys.Take(5))}");
        }

        foreach (var step in plan.Steps.Where(step => step.Kernel.IsFrozen))
        {
            var layer = step.Layers[0].Key;
            var frozen = step.Kernel.Parameters.First(parameter => parameter.IsFrozen).KeyIn(layer);
            var first = Enumerable.Range(0, patterns.Count).First(i => FreezePattern.Means(patterns[i], frozen));
            if (step.HasTrained)
                yield return Say(
                    first, patterns[first],
                    $"which is a part of layer '{layer}', but the backend csharp freezes whole layers: write '{layer}.*'");
            else if (step.Inputs.Any(input => plan.Values[input].IsTrained))
                yield return Say(
                    first, patterns[first],
                    $"but layer '{layer}' stands behind layers that learn, and the backend csharp freezes those before them: freeze these too, or leave the backend out");
        }
    }
}
