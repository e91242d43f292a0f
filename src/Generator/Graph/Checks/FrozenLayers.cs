using System.Collections.Generic;
using System.Linq;
using ModelGen.Diagnostics;
using ModelGen.Specs;

namespace ModelGen.Graph.Checks;

/// <summary>Each pattern that freezes parameters is met by a layer that has some, and they don't freeze all.</summary>
internal static class FrozenLayers
{
    private const string Place = "training.freeze";

    public static IEnumerable<Finding> Check(ModelGraph graph)
    {
        var patterns = graph.Training?.Recipe.Freeze ?? [];
        if (patterns.Count == 0)
            yield break;
        if (graph.Compilation.Backend != Backend.Torch)
        {
            yield return Finding.Of(Rules.FreezesNothing, Place, SpecValue.Shorten(patterns[0]), "but the backend csharp trains all parameters: leave one of the two out");
            yield break;
        }

        var learning = graph.Layers.Where(layer => layer.Node.Parameters > 0).ToArray();
        foreach (var pattern in patterns)
        {
            if (!learning.Any(layer => MayMeet(pattern, layer.Key)))
                yield return Finding.Of(Rules.FreezesNothing, Place, SpecValue.Shorten(pattern), $"but no parameter has such a key: {Keys(learning)}");
        }

        if (learning.Length > 0 && learning.All(layer => patterns.Any(pattern => MeetsAll(pattern, layer.Key))))
            yield return Finding.Of(Rules.FreezesNothing, Place, SpecValue.Shorten(patterns[0]), "and with it no parameter is left to train: leave out a pattern");
    }

    private static string Keys(FlatLayer[] learning) => learning.Length == 0
        ? "the network has none"
        : $"the layers that learn are {string.Join(", ", learning.Take(5).Select(layer => layer.Key))}{(learning.Length > 5 ? ", …" : "")}";

    /// <summary>Whether a layer's key, or one below it, can be meant by a pattern. What a layer calls its parameters only the module knows, which checks it too.</summary>
    private static bool MayMeet(string pattern, string key) => After(pattern, key).Contains(pattern.Length) || After(pattern, key + ".").Any(place => place < pattern.Length);

    /// <summary>Whether all keys below a layer's are meant.</summary>
    private static bool MeetsAll(string pattern, string key) => pattern.EndsWith("*", System.StringComparison.Ordinal) && After(pattern, key + ".").Contains(pattern.Length);

    /// <summary>The places of a pattern at which a text can end that it begins with.</summary>
    private static HashSet<int> After(string pattern, string text)
    {
        var places = new HashSet<int>();
        Add(places, 0);
        foreach (var character in text)
        {
            var next = new HashSet<int>();
            foreach (var place in places.Where(place => place < pattern.Length && (pattern[place] == '*' || pattern[place] == character)))
                Add(next, pattern[place] == '*' ? place : place + 1);
            places = next;
        }

        return places;

        // A star stands for no letter as well.
        void Add(HashSet<int> to, int place)
        {
            for (to.Add(place); place < pattern.Length && pattern[place] == '*'; to.Add(place))
                place++;
        }
    }
}
