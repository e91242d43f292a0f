using ModelGen.Reporting;

namespace ModelGen.Data;

/// <summary>Whether a network can learn from rows that are in memory already, where no file's columns told.</summary>
internal static class TableFit
{
    /// <summary>Says in one sentence what of a set doesn't fit.</summary>
    /// <param name="set">The rows.</param>
    /// <param name="purpose">What they are for: <c>training</c>, <c>test</c>.</param>
    /// <param name="features">How many the network takes.</param>
    /// <param name="targets">How many the network predicts; not looked at where rows have classes.</param>
    /// <param name="classes">How many the network tells apart; null where rows have targets.</param>
    /// <param name="names">The classes in the order of their labels; null for any.</param>
    /// <exception cref="ModelGenException">The set doesn't fit the network, or it has no rows.</exception>
    public static void Check(TableSet set, string purpose, int features, int targets, int? classes, IReadOnlyList<string>? names)
    {
        if (set.Count == 0)
            throw new ModelGenException($"The {purpose} set has no rows: give at least one{(purpose == "test" ? ", or no test set" : "")}.");
        if (set.FeatureCount != features)
            throw Unlike($"{Quantity.Counted(set.FeatureCount, "feature")} a row", FormattableString.Invariant($"takes {features}"), "give such rows, or change the network's input");
        if (classes is null)
        {
            if (set.TargetCount != targets)
                throw Unlike($"{Quantity.Counted(set.TargetCount, "target")} a row", FormattableString.Invariant($"predicts {targets}"), "give such rows, or change 'targets' in the spec");
            return;
        }

        if (set.Classes.Count != classes)
            throw Unlike(Quantity.Counted(set.Classes.Count, "class"), FormattableString.Invariant($"tells {classes} apart"), "give both the same number");
        for (var label = 0; label < names?.Count; label++)
        {
            if (set.Classes[label] != names[label])
                throw new ModelGenException(FormattableString.Invariant($"Label {label} is '{set.Classes[label]}' in the {purpose} set, but '{names[label]}' was expected: name the classes in the same order."));
        }

        ModelGenException Unlike(string found, string network, string remedy) =>
            new($"The {purpose} set has {found}, but the network {network}: {remedy}.");
    }
}
