using ModelGen.Reporting;

namespace ModelGen.Data;

/// <summary>Takes a part of the training samples away, to judge epochs by what was not learned from.</summary>
internal static class HeldOut
{
    // "hold" in ASCII: no epoch's order and no augmentation takes its numbers from there.
    private const int Stream = 0x686F6C64;

    /// <summary>The samples that are held out and those that stay, each in the set's order: a function of the arguments alone.</summary>
    /// <param name="samples">How many there are.</param>
    /// <param name="label">The class of each.</param>
    /// <param name="share">The share to hold out: above 0 and below 1.</param>
    /// <param name="seed">Decides which.</param>
    /// <param name="stratified">Whether the share is that of each class, rounded, and not only of all together.</param>
    /// <exception cref="ModelGenException">Nothing would be held out, or nothing stay.</exception>
    public static (int[] Stay, int[] Held) Split(int samples, Func<int, int> label, double share, int seed, bool stratified)
    {
        var all = Enumerable.Range(0, samples);
        var groups = stratified ? all.GroupBy(label).OrderBy(group => group.Key).Select(group => group.ToArray()) : [all.ToArray()];
        var held = new HashSet<int>();
        foreach (var (number, group) in groups.Index())
        {
            var random = SplitMix64.For(seed, Stream, number);
            var count = (int)Math.Round(share * group.Length, MidpointRounding.AwayFromZero);
            for (var i = 0; i < count; i++)
            {
                // The first steps of the Fisher-Yates shuffle are a random choice.
                var j = i + random.Below(group.Length - i);
                (group[i], group[j]) = (group[j], group[i]);
                held.Add(group[i]);
            }
        }

        if (held.Count == 0 || held.Count == samples)
        {
            throw new ModelGenException(FormattableString.Invariant(
                $"A validation_share of {share} of {Quantity.Counted(samples, "training sample")} leaves {(held.Count == 0 ? "nothing to judge epochs by" : "nothing to learn from")}: use more of them, or another share."));
        }

        return ([.. all.Where(index => !held.Contains(index))], [.. all.Where(held.Contains)]);
    }

    /// <summary>The end of the line on the data: how many samples are held out, and the classes that have too few for one to be among them.</summary>
    /// <param name="held">The samples that are held out.</param>
    /// <param name="stay">Those that are not.</param>
    /// <param name="label">The class of each.</param>
    /// <param name="classes">The classes' names; empty where samples have none.</param>
    /// <param name="sample">What a sample is called: image or row.</param>
    /// <param name="leavesTest">Whether there is a test set, which is then not used.</param>
    public static string Words(int[] held, int[] stay, Func<int, int> label, IReadOnlyList<string> classes, string sample, bool leavesTest)
    {
        var unjudged = classes.Count == 0 ? [] : stay.Select(label).Except(held.Select(label)).Order().Select(index => $"'{classes[index]}'").ToArray();
        var none = unjudged.Length == 0 ? "" : $", none of the {(unjudged.Length == 1 ? "class" : "classes")} {Quantity.Listed(unjudged)}";
        var left = leavesTest ? $", and the test {sample}s are not used" : "";
        return $"; {Quantity.Count(held.Length)} training {sample}{(held.Length == 1 ? " is" : "s are")} held out to judge each epoch{none}{left}";
    }
}
