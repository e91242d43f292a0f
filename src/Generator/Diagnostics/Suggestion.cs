using System;
using System.Collections.Generic;
using System.Linq;

namespace ModelGen.Diagnostics;

/// <summary>Did-you-mean: the known word nearest to a mistyped one.</summary>
internal static class Suggestion
{
    /// <summary>Fewer letters begin too many words.</summary>
    private const int LeastBeginning = 3;

    /// <summary>The end of a sentence: <c>; did you mean 'conv2d'?</c>, or a full stop when no word is near. The first of equally near words wins.</summary>
    public static string For(string written, IEnumerable<string> known) => Words(Nearest(written, known));

    /// <summary>The same of a word that is known, or none.</summary>
    public static string Words(string? word) => word is null ? "." : $"; did you mean '{word}'?";

    /// <summary>
    /// The word that <paramref name="written"/> most likely was to be, or null: the nearest within one letter in three, where two swapped ones are one
    /// (lsmt is lstm, and gru no gelu), or else the first that it begins (kernel, for kernel_size).
    /// </summary>
    public static string? Nearest(string written, IEnumerable<string> known)
    {
        // Words without a mistake come here too, and often: no distance is smaller than theirs, and none has to be measured.
        foreach (var word in known)
        {
            if (word == written)
                return word;
        }

        string? best = null;
        var bestDistance = int.MaxValue;
        var folded = Fold(written);
        foreach (var word in known)
        {
            var distance = EditDistance.Of(folded, Fold(word));
            if (distance < bestDistance && distance <= Math.Max(written.Length, word.Length) / 3)
                (best, bestDistance) = (word, distance);
        }

        return best ?? (folded.Length < LeastBeginning ? null : known.FirstOrDefault(word => Fold(word).StartsWith(folded, StringComparison.Ordinal)));
    }

    /// <summary>The word as it compares: Conv2D, conv_2d and conv2d are the same to a person.</summary>
    public static string Fold(string word) => word.Replace("_", "").Replace("-", "").ToLowerInvariant();
}
