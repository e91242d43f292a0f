using System.CommandLine;
using ModelGen.Training;
using ModelGen.Training.Checkpoints;

namespace ModelGen.CommandLine;

/// <summary>The options that <c>train</c> has beside the settings of a run: each stands for several of those.</summary>
internal sealed class TrainVerb
{
    private const string FastDevRunFolder = "fast-dev-run";

    private readonly TrainingSettings _settings;
    private readonly string _model;
    private readonly Option<string?> _config = PathOption.Of("--config", "FILE", $"Take the options of an earlier run from its {RunFolder.Run}");

    private readonly Option<bool> _fastDevRun = new("--fast-dev-run")
    {
        Description = $"Two batches through everything, into {FastDevRunFolder} in --out",
        Arity = ArgumentArity.Zero,
    };

    public TrainVerb(TrainingSettings settings, string model) => (_settings, _model) = (settings, model);

    /// <summary>The options, to be added to the verb.</summary>
    public IReadOnlyList<Option> Options => [_config, _fastDevRun];

    /// <summary>The options of the run.</summary>
    /// <param name="given">The defaults with what the command line names.</param>
    /// <param name="parsed">The command line.</param>
    /// <exception cref="ModelGenException">The file of an earlier run can't be used.</exception>
    public TrainingOptions OptionsOf(TrainingOptions given, ParseResult parsed)
    {
        var config = parsed.GetValue(_config);
        if (config is not null && given.Resume)
            throw new ModelGenException("--resume takes its options from the checkpoint and --config from another run: give one of them.");
        if (given.Resume && parsed.GetValue(_fastDevRun))
            throw new ModelGenException("--fast-dev-run is a run of its own, and --resume goes on with another: give one of them.");

        if (given.Resume && Beginning(given) is { } option)
            throw new ModelGenException($"--resume goes on from the checkpoint and {option} begins from another file: give one of them.");

        // The weights of the earlier run stay where it saved them.
        var options = config is not null ? Named(_settings.Recorded(RunJson.ReadSettings(config), config) with { Save = null, SaveOptimizer = null }, parsed) : given;
        if (given.Resume)
        {
            var path = Path.Combine(given.Out, RunFolder.Last);
            if (!File.Exists(path))
                throw new ModelGenException($"There is no checkpoint '{path}' to go on from: train without --resume, or name the run's folder with --out.");
            var checkpoint = CheckpointFile.ReadHeader(path);
            CheckpointMatch.CheckNetwork(checkpoint, _model, path);
            options = Named(_settings.Recorded(checkpoint.Settings, path, "train without --resume"), parsed);
        }

        if (!parsed.GetValue(_fastDevRun))
            return options;
        var (folder, few) = (Path.Combine(options.Out, FastDevRunFolder), TwoBatches(options));
        string? Inside(string? file) => file is null ? null : Path.Combine(folder, Path.GetFileName(file));
        return options with
        {
            Epochs = 1,
            Limit = options.Overfit is null ? Math.Min(few, options.Limit ?? few) : options.Limit,
            Overfit = options.Overfit is { } learned ? Math.Min(few, learned) : null,
            Out = folder,
            Save = Inside(options.Save),
            SaveOptimizer = Inside(options.SaveOptimizer),
        };
    }

    /// <summary>How many samples make two batches to learn from when a share of them, and at least one, is held out.</summary>
    private static int TwoBatches(TrainingOptions options)
    {
        var share = options.ValidationShare;
        var samples = 2.0 * options.BatchSize / (1 - share);
        return (int)Math.Min(Math.Ceiling(share > 0 ? Math.Max(samples, 1 / share) : samples), int.MaxValue);
    }

    /// <summary>The option that says what a run begins from, or null: a run that is gone on with has begun.</summary>
    private static string? Beginning(TrainingOptions options) => options switch
    {
        { Load: not null } => "--load",
        { StripPrefix: not null } => "--strip-prefix",
        { Partial: true } => "--partial",
        { LoadOptimizer: not null } => "--load-optimizer",
        _ => null,
    };

    /// <summary>The options with what the command line names over them.</summary>
    private TrainingOptions Named(TrainingOptions options, ParseResult parsed) =>
        _settings.Train.Aggregate(options, (named, setting) => setting.Apply(named, parsed));
}
