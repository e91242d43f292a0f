using System;
using System.Collections.Generic;
using System.Linq;
using ModelGen.Diagnostics;
using ModelGen.Specs;
using ModelGen.Training;

namespace ModelGen.Graph.Checks;

/// <summary>
/// A mirrored cat is a cat, but a mirrored 2 is no 2, and a mirrored b is a d. Judged by the names of the classes: an alphabet or all digits,
/// and words for sides. Two classes called 0 and 1 say nothing about what is in the images.
/// </summary>
internal static class LabelBreakingFlip
{
    private const int LeastGlyphs = 10;

    /// <summary>Glyphs that are their own mirror images, near enough.</summary>
    private const string Symmetric = "018AHIMOTUVWXYilovwx";

    public static IEnumerable<Finding> Check(ModelGraph graph)
    {
        var flip = TrainingParameters.HorizontalFlip.Name;
        if (graph.Training is { HorizontalFlip: true, ClassNames: { } names } && Broken(names) is { } broken)
        {
            yield return Finding.Of(Rules.LabelBreakingAugmentation, "data." + flip, broken)
                .WithFixes([Fix.Of($"remove {flip}", new SetSectionSetting("data", flip, null))]);
        }
    }

    private static string? Broken(IReadOnlyCollection<string> names)
    {
        if (names.Contains("left", StringComparer.OrdinalIgnoreCase) && names.Contains("right", StringComparer.OrdinalIgnoreCase))
            return "'left' is a 'right'";
        if (names.Count < LeastGlyphs || names.Any(name => name.Length != 1 || name[0] is not ((>= '0' and <= '9') or (>= 'A' and <= 'Z') or (>= 'a' and <= 'z'))))
            return null;
        return names.FirstOrDefault(name => Symmetric.IndexOf(name[0]) < 0) is { } glyph ? $"'{glyph}' is no '{glyph}'" : null;
    }
}
