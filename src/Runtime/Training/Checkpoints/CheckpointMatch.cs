namespace ModelGen.Training.Checkpoints;

/// <summary>A run goes on only as the run that it was: with the same network, data and settings.</summary>
internal static class CheckpointMatch
{
    // What decides the weights. The number of epochs may be raised, unless the schedule spans them; where to compute and with how many threads may change, at the price of rounding.
    private static readonly string[] Decisive = ["seed", "batch-size", "learning-rate"];

    /// <param name="saved">The run of the checkpoint.</param>
    /// <param name="now">This run.</param>
    /// <param name="spansRun">Whether the number of epochs decides how the learning rate falls.</param>
    /// <param name="path">The checkpoint.</param>
    /// <exception cref="ModelGenException">Something differs; the message names it.</exception>
    public static void Check(CheckpointHeader saved, CheckpointHeader now, bool spansRun, string path)
    {
        CheckNetwork(saved, now.Model, path);
        if (FirstDifference(saved.Spec, now.Spec) is var (before, after))
            throw Differs(path, "a run of another spec", before, after);
        foreach (var name in spansRun ? [.. Decisive, "epochs"] : Decisive)
        {
            var (was, isNow) = (saved.Settings.GetValueOrDefault(name, ""), now.Settings.GetValueOrDefault(name, ""));
            if (was != isNow)
                throw Differs(path, $"a run with another --{name}", was, isNow);
        }

        if (saved.DataHash != now.DataHash)
        {
            throw saved.Data != now.Data
                ? Differs(path, "a run on other data", saved.Data, now.Data)
                : new ModelGenException(
                    $"'{path}' is of a run on other data: '{now.Data}' says the same as then, but the images or labels have changed. Put them back, or train without --resume.");
        }
    }

    /// <summary>Whether it is a run of this network at all: before that is known, nothing that the checkpoint says is of use.</summary>
    /// <param name="saved">The run of the checkpoint.</param>
    /// <param name="model">This network's name.</param>
    /// <param name="path">The checkpoint.</param>
    /// <exception cref="ModelGenException">It is another's.</exception>
    public static void CheckNetwork(CheckpointHeader saved, string model, string path)
    {
        if (saved.Model != model)
        {
            throw new ModelGenException(
                $"'{path}' is of a run of the network '{saved.Model}', and this is '{model}': name the folder of one of its own runs with --out, or, if only its name has changed, start from the weights there with --load.");
        }
    }

    private static ModelGenException Differs(string path, string what, string before, string after) =>
        new($"'{path}' is of {what}: '{before}' then, '{after}' now. Change it back, or train without --resume.");

    private static (string Before, string After)? FirstDifference(IReadOnlyList<string> before, IReadOnlyList<string> after)
    {
        for (var i = 0; i < Math.Max(before.Count, after.Count); i++)
        {
            var (was, isNow) = (i < before.Count ? Cells(before[i]) : "", i < after.Count ? Cells(after[i]) : "");
            if (was != isNow)
                return (was, isNow);
        }

        return null;
    }

    /// <summary>
    /// A line without the blanks and rules that line its table up: one wider cell changes those of all rows. No difference is lost with them, because the last
    /// line of the recipe stands for all layers.
    /// </summary>
    private static string Cells(string line) => string.Join(' ', line.TrimStart('-').Split(' ', StringSplitOptions.RemoveEmptyEntries));
}
