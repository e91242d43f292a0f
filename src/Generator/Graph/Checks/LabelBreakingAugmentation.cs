using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ModelGen.Diagnostics;
using ModelGen.Layers;
using ModelGen.Specs;
using ModelGen.Training;

namespace ModelGen.Graph.Checks;

/// <summary>
/// A mirrored cat is a cat, but a mirrored 2 is no 2, and a mirrored b is a d. Judged by the names of the classes: an alphabet or all digits,
/// and words for sides. Two classes called 0 and 1 say nothing about what is in the images.
/// </summary>
internal static class LabelBreakingAugmentation
{
    private const int LeastGlyphs = 10;

    /// <summary>What people still read as what it was, whatever way they write it.</summary>
    private const long MostDegrees = 45;

    // Glyphs that a change leaves as they are, near enough.
    private const string SameMirrored = "018AHIMOTUVWXYilovwx";
    private const string SameUpsideDown = "0138BCDEHIKOXclox";
    private const string SameTurned = "0Oo";

    public static IEnumerable<Finding> Check(ModelGraph graph)
    {
        if (graph.Training is not { Augmentation: { IsNone: false } plan, ClassNames: { } names })
            yield break;
        if (plan.HorizontalFlip
            && (Sides(names, "left", "right") ? "a mirrored 'left' is a 'right'" : Broken(names, SameMirrored, "a mirrored '{0}' is no '{0}'"))
                is { } mirrored)
            yield return Say(AugmentationParameters.HorizontalFlip, "mirrored", mirrored, null);
        if (plan.VerticalFlip
            && (Sides(names, "up", "down") ? "an 'up' upside down is a 'down'" : Broken(names, SameUpsideDown, "a '{0}' upside down is no '{0}'"))
                is { } over)
            yield return Say(AugmentationParameters.VerticalFlip, "upside down", over, null);
        if (plan.Rotate > MostDegrees && Turned(names) is { } turned)
        {
            var degrees = plan.Rotate.ToString("R", CultureInfo.InvariantCulture);
            yield return Say(AugmentationParameters.Rotate, $"turned by up to {degrees} degrees", turned, SpecValue.Of(MostDegrees));
        }
    }

    private static Finding Say(Parameter setting, string shown, string broken, SpecValue? instead) =>
        Finding.Of(Rules.LabelBreakingAugmentation, "data." + setting.Name, setting.Name, shown, broken)
            .WithFixes([Fix.Of(instead is null ? $"remove {setting.Name}" : $"write {setting.Name} {instead}", new SetSectionSetting("data", setting.Name, instead))]);

    private static string? Turned(IReadOnlyCollection<string> names) =>
        Sides(names, "left", "right") ? "a 'left' turned that far is no 'left'"
        : Sides(names, "up", "down") ? "an 'up' turned that far is no 'up'"
        : Broken(names, SameTurned, "a '{0}' turned that far is no '{0}'");

    private static bool Sides(IReadOnlyCollection<string> names, string one, string other) =>
        names.Contains(one, StringComparer.OrdinalIgnoreCase) && names.Contains(other, StringComparer.OrdinalIgnoreCase);

    private static string? Broken(IReadOnlyCollection<string> names, string same, string words)
    {
        if (names.Count < LeastGlyphs || names.Any(name => name.Length != 1 || name[0] is not ((>= '0' and <= '9') or (>= 'A' and <= 'Z') or (>= 'a' and <= 'z'))))
            return null;
        return names.FirstOrDefault(name => same.IndexOf(name[0]) < 0) is { } glyph ? string.Format(CultureInfo.InvariantCulture, words, glyph) : null;
    }
}
