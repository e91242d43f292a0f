using ModelGen.Training;

namespace ModelGen.CommandLine;

/// <summary>The weights that options name, or stand for.</summary>
internal static class GivenWeights
{
    /// <summary>The options with the weights to use: those that <c>--load</c> names, or those that training left in <c>--out</c>.</summary>
    public static TrainingOptions Of(TrainingOptions options)
    {
        if (options.Load is { } named)
        {
            CheckWeights(named);
            return options;
        }

        var (weights, last) = (Path.Combine(options.Out, RunFolder.Weights), Path.Combine(options.Out, RunFolder.Last));
        if (Path.Exists(weights))
            return options with { Load = weights };
        throw new ModelGenException(File.Exists(last)
            ? $"There is no '{weights}', as a run leaves it after an epoch, but there is its checkpoint: name '{last}' with --load."
            : $"There is no '{weights}': train first, name the folder of a run with --out, or weights with --load.");
    }

    /// <summary>Refuses options of a training that name weights, or what belongs to them, which are not there.</summary>
    public static void CheckStart(TrainingOptions options)
    {
        // What the run began from may be gone: it goes on from its checkpoint.
        if (options.Resume)
            return;
        if (options.Load is { } weights)
            CheckWeights(weights);
        else if (options.Partial)
            throw new ModelGenException("--partial takes what fits of the weights in --load, and none are named: name the file, or leave --partial out.");
        else if (options.StripPrefix is not null)
            throw new ModelGenException("--strip-prefix is for the names of the weights in --load, and none are named: name the file, or leave --strip-prefix out.");
        if (options.LoadOptimizer is { } state)
        {
            if (options.Load is null)
                throw new ModelGenException("--load-optimizer goes on with the weights that the optimizer was saved with, and none are named: name them with --load, which may be the same file.");
            if (!Path.Exists(state))
                throw new ModelGenException($"There is no file '{state}' with an optimizer's state: name another one with --load-optimizer.");
        }
    }

    /// <summary>What is said of weights that give no numbers.</summary>
    public static ModelGenException Diverged(string weights, string what) =>
        new($"The {what} with '{weights}' is not finite: these weights come from a training that diverged.");

    private static void CheckWeights(string path)
    {
        // A folder is refused by the reader of the file, which knows better.
        if (!Path.Exists(path))
            throw new ModelGenException($"There is no weights file '{path}': name another one with --load.");
    }
}
