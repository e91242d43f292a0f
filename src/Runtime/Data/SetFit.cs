using ModelGen.Reporting;

namespace ModelGen.Data;

/// <summary>Whether a network can learn from samples that are in memory already, where nothing was read of a file that could tell.</summary>
internal static class SetFit
{
    /// <summary>Says in one sentence what of a set of images doesn't fit.</summary>
    /// <param name="set">The images.</param>
    /// <param name="purpose">What they are for: <c>training</c>, <c>test</c>.</param>
    /// <param name="shape">That of the images that the network takes.</param>
    /// <param name="classes">How many the network tells apart.</param>
    /// <param name="names">The classes in the order of their labels; null for any.</param>
    /// <exception cref="ModelGenException">The set doesn't fit the network, or it has no images.</exception>
    public static void Check(ImageSet set, string purpose, ImageShape shape, int classes, IReadOnlyList<string>? names)
    {
        CheckCount(set.Count, "images", purpose);
        if (set.Shape != shape)
            throw new ModelGenException($"The {purpose} set's images are {set.Shape}, but the network takes {shape}: give such images, or change the network's input.");
        CheckClasses(set.Classes, purpose, classes, names);
    }

    /// <summary>The same of a set of rows.</summary>
    /// <param name="set">The rows.</param>
    /// <param name="purpose">What they are for: <c>training</c>, <c>test</c>.</param>
    /// <param name="features">How many the network takes.</param>
    /// <param name="format">How many targets the network predicts, and in which range; or the classes in the order of their labels, null for any.</param>
    /// <param name="classes">How many the network tells apart; null where rows have targets.</param>
    /// <exception cref="ModelGenException">The set doesn't fit the network, or it has no rows.</exception>
    public static void Check(TableSet set, string purpose, int features, TableFormat format, int? classes)
    {
        CheckCount(set.Count, "rows", purpose);
        if (set.FeatureCount != features)
            throw Unlike(
                purpose,
                $"{Quantity.Counted(set.FeatureCount, "feature")} a row",
                FormattableString.Invariant($"takes {features}"),
                "give such rows, or change the network's input");
        if (classes is { } told)
            CheckClasses(set.Classes, purpose, told, format.Classes);
        else if (set.TargetCount != format.Targets.Count)
            throw Unlike(
                purpose,
                $"{Quantity.Counted(set.TargetCount, "target")} a row",
                FormattableString.Invariant($"predicts {format.Targets.Count}"),
                "give such rows, or change 'targets' in the spec");
        for (var row = 0; row < set.Count; row++)
        {
            if (TargetMisfit.Find(set.Targets(row), format.Range) is not { } wrong)
                continue;
            var found = wrong.Column is { } of ? $"target {of} is" : "the probabilities have the sum";
            throw new ModelGenException(FormattableString.Invariant(
                $"In row {row} of the {purpose} set, counted from 0, {found} {wrong.Value}, but {wrong.Expected}: give such rows."));
        }
    }

    /// <summary>Refuses a limit by which no sample is left.</summary>
    /// <param name="limit">How many of a set are used at most; null for all.</param>
    /// <param name="samples">What they are called: <c>images</c>, <c>rows</c>.</param>
    /// <exception cref="ModelGenException">It is below 1.</exception>
    public static void CheckLimit(int? limit, string samples)
    {
        if (limit < 1)
            throw new ModelGenException(FormattableString.Invariant($"A limit of {limit} {samples} leaves nothing to use: --limit must be at least 1."));
    }

    private static void CheckCount(int count, string samples, string purpose)
    {
        if (count == 0)
            throw new ModelGenException($"The {purpose} set has no {samples}: give at least one{(purpose == "test" ? ", or no test set" : "")}.");
    }

    private static void CheckClasses(IReadOnlyList<string> found, string purpose, int classes, IReadOnlyList<string>? names)
    {
        if (found.Count != classes)
            throw Unlike(purpose, Quantity.Counted(found.Count, "class"), FormattableString.Invariant($"tells {classes} apart"), "give both the same number");
        for (var label = 0; label < names?.Count; label++)
        {
            if (found[label] != names[label])
                throw new ModelGenException(FormattableString.Invariant(
                    $"Label {label} is '{found[label]}' in the {purpose} set, but '{names[label]}' was expected: name the classes in the same order."));
        }
    }

    private static ModelGenException Unlike(string purpose, string found, string network, string remedy) =>
        new($"The {purpose} set has {found}, but the network {network}: {remedy}.");
}
