using System.Collections.Generic;
using System.Linq;

namespace ModelGen.Graph;

/// <summary>A pattern of keys in the state_dict, in which a star stands for any letters or none.</summary>
internal static class FreezePattern
{
    /// <summary>Whether one of the patterns means a key.</summary>
    public static bool IsMet(IEnumerable<string> patterns, string key) => patterns.Any(pattern => Means(pattern, key));

    /// <summary>Whether a pattern means a key.</summary>
    public static bool Means(string pattern, string key) => After(pattern, key).Contains(pattern.Length);

    /// <summary>Whether a pattern can mean a layer's key, or one below it.</summary>
    public static bool MayMean(string pattern, string layer) => Means(pattern, layer) || After(pattern, layer + ".").Any(place => place < pattern.Length);

    /// <summary>Whether a pattern means all keys below a layer's.</summary>
    public static bool MeansAll(string pattern, string layer) => pattern.EndsWith("*", System.StringComparison.Ordinal) && Means(pattern, layer + ".");

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
