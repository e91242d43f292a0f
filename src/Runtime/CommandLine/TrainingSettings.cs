using System.Globalization;
using ModelGen.Training;

namespace ModelGen.CommandLine;

/// <summary>All options of the command line, with the network's defaults in their descriptions, and which verb takes which.</summary>
internal sealed class TrainingSettings
{
    // Far above any machine's cores, yet few enough to start: with a million, libtorch never gets to its first step.
    private const int MaxThreads = 1024;

    /// <summary>What <see cref="TryReadPositive"/> reads.</summary>
    internal const string TakesPositive = "a number from 1.4e-45 to 3.4e38";

    private readonly TrainingOptions _defaults;
    private readonly Setting[] _recorded;
    private readonly Setting[] _ofThisStart;
    private readonly Setting[] _evaluate;
    private readonly Setting[] _predict;
    private readonly Setting[] _search;
    private readonly Setting[] _export;

    /// <summary>Creates the options.</summary>
    /// <param name="defaults">The network's own defaults.</param>
    /// <param name="sample">What a sample is called; only images can be drawn.</param>
    public TrainingSettings(TrainingOptions defaults, string sample = "image")
    {
        _defaults = defaults;
        var data = Folder(
            "--data",
            sample == "row" ? "training data, or its CSV file" : "training data; without it, digits are drawn if they fit the network",
            options => options.Data,
            (options, value) => options with { Data = value });
        var dataToTest = Folder(
            "--data",
            sample == "row"
                ? "data, whose test set is taken or else its only one, or a CSV file"
                : "data, whose test set is taken or else its only one; without it, digits are drawn if they fit the network",
            options => options.Data,
            (options, value) => options with { Data = value });
        var testData = Folder(
            "--test-data", "test data; without it, what --data holds",
            options => options.TestData,
            (options, value) => options with { TestData = value });
        var epochs = WholeNumber(
            "--epochs", 1, $"How often all training {sample}s are shown",
            options => options.Epochs,
            (options, value) => options with { Epochs = value });
        var batchSize = WholeNumber(
            "--batch-size", 1, $"{char.ToUpperInvariant(sample[0])}{sample[1..]}s per step",
            options => options.BatchSize,
            (options, value) => options with { BatchSize = value });
        var learningRate = new Setting<double>(
            "--learning-rate",
            "X",
            TakesPositive,
            "Step size of the optimizer",
            defaults,
            TryReadPositive,
            options => options.LearningRate,
            (options, value) => options with { LearningRate = value });
        var device = new Setting<string>(
            "--device",
            "D",
            DeviceName.Choices,
            $"Where to compute: {DeviceName.Choices}",
            defaults,
            TryReadDevice,
            options => options.Device,
            (options, value) => options with { Device = value });
        var tf32 = Switch(
            "--tf32", "Let CUDA round float32 products to TF32: faster, less exact",
            options => options.Tf32,
            (options, value) => options with { Tf32 = value });
        var deterministic = Switch(
            "--deterministic", "Only operations that give the same bits each time",
            options => options.Deterministic,
            (options, value) => options with { Deterministic = value });
        var seed = WholeNumber(
            "--seed", int.MinValue, "Decides initial weights, order and drawn digits",
            options => options.Seed,
            (options, value) => options with { Seed = value }, int.MaxValue);
        var workers = WholeNumber(
            "--workers", 1, $"Threads that prepare {sample}s",
            options => options.Workers,
            (options, value) => options with { Workers = value }, MaxThreads);
        var resident = new Setting<Residence>(
            "--resident",
            "WORD",
            ResidentOption.Takes(defaults),
            $"Keep all {sample}s on the device: {ResidentOption.Choices(defaults)}",
            defaults,
            (string text, out Residence value) => ResidentOption.TryRead(defaults, text, out value),
            options => ResidentOption.Of(options.Resident),
            (options, value) => options with { Resident = value });
        var threads = WholeNumber(
            "--threads", 0, "Threads that compute on the CPU; 0 for the library's choice",
            options => options.Threads,
            (options, value) => options with { Threads = value }, MaxThreads);
        var limit = WholeNumber(
            "--limit", 1, $"Use only N of the training {sample}s, and at most N of the test {sample}s",
            options => options.Limit,
            (options, value) => options with { Limit = value });
        var overfit = WholeNumber(
            "--overfit", 1, $"Train on N {sample}s and test on the same: a network that can't learn them has a fault",
            options => options.Overfit,
            (options, value) => options with { Overfit = value });
        var every = WholeNumber(
            "--checkpoint-every", 1, $"Write {RunFolder.Last} after every N batches too, not only after each epoch",
            options => options.CheckpointEvery,
            (options, value) => options with { CheckpointEvery = value });
        var keep = WholeNumber(
            "--keep", 0, "Keep the checkpoints of the last N epochs, each in a file of its own",
            options => options.Keep,
            (options, value) => options with { Keep = value });
        var log = new Setting<LogFormats>(
            "--log",
            "WORDS",
            "jsonl, csv and tensorboard, with commas between them, or none",
            "How to write the epochs down: jsonl, csv, tensorboard, with commas between them",
            defaults,
            LogWords.TryRead,
            options => LogWords.Of(options.Log),
            (options, value) => options with { Log = value },
            text => LogWords.Suggest(text) is { } meant ? $"did you mean '{meant}'?" : null);
        var load = Weights("Weights to start from");
        var use = Weights($"Weights to use; without it, {RunFolder.Weights} in --out");
        var stripPrefix = new Setting<string>(
            "--strip-prefix",
            "TEXT",
            "the beginning of names, such as module.",
            "Take this off the names in --load, such as module. of a DataParallel network",
            defaults,
            TryReadPath,
            options => options.StripPrefix,
            (options, value) => options with { StripPrefix = value });
        var partial = Switch(
            "--partial", "Take what fits of --load, leave the rest and list it: for a network with another head",
            options => options.Partial,
            (options, value) => options with { Partial = value });
        var save = new Setting<string>(
            "--save",
            "FILE",
            "the path of a file",
            "Write the weights there too, as safetensors where the name ends so",
            defaults,
            TryReadFile,
            options => options.Save,
            (options, value) => options with { Save = value });
        var loadOptimizer = new Setting<string>(
            "--load-optimizer",
            "FILE",
            "the path of a file",
            "Go on from the optimizer's state in a PyTorch checkpoint; --load names its weights",
            defaults,
            TryReadPath,
            options => options.LoadOptimizer,
            (options, value) => options with { LoadOptimizer = value });
        var saveOptimizer = new Setting<string>(
            "--save-optimizer",
            "FILE",
            "the path of a .pth file",
            "Write the optimizer's state there, as PyTorch's load_state_dict takes it",
            defaults,
            TryReadPth,
            options => options.SaveOptimizer,
            (options, value) => options with { SaveOptimizer = value });
        var output = Folder("--out", "run's files", options => options.Out, (options, value) => options with { Out = value });
        var noCache = Switch(
            "--no-cache", "Decode all images into memory, instead of once into a file that the next run takes",
            options => !options.Cache,
            (options, value) => options with { Cache = !value });
        var resume = Switch(
            "--resume", $"Go on where {RunFolder.Last} in --out stopped, with its options",
            options => options.Resume,
            (options, value) => options with { Resume = value });
        var noProgress = Switch(
            "--no-progress", "No progress bar, only the lines that stay",
            options => !options.Progress,
            (options, value) => options with { Progress = !value });

        _recorded =
        [
            data, testData, epochs, batchSize, learningRate, device, tf32, deterministic, seed, workers, resident,
            threads, limit, overfit, every, keep, log, load, stripPrefix, partial, loadOptimizer, save, saveOptimizer
        ];
        _ofThisStart = [output, resume, noCache, noProgress];
        _evaluate = [dataToTest, testData, use, stripPrefix, device, tf32, deterministic, batchSize, threads, workers, resident, limit, seed, output, noCache];
        _predict = [use, stripPrefix, device, output];
        _export = [use, stripPrefix, output];
        _search = [data, batchSize, device, tf32, deterministic, seed, workers, resident, threads, limit, load, stripPrefix, partial, output, noCache, noProgress];
    }

    /// <summary>What <c>train</c> takes, in the order of <c>--help</c>.</summary>
    public IReadOnlyList<Setting> Train => [.. _recorded, .. _ofThisStart];

    /// <summary>What <c>eval</c> takes.</summary>
    public IReadOnlyList<Setting> Evaluate => _evaluate;

    /// <summary>What <c>predict</c> takes.</summary>
    public IReadOnlyList<Setting> Predict => _predict;

    /// <summary>What <c>lr-find</c> takes beside the range.</summary>
    public IReadOnlyList<Setting> Search => _search;

    /// <summary>What <c>export</c> takes beside the files.</summary>
    public IReadOnlyList<Setting> Export => _export;

    /// <summary>What a run's files keep of its options, by the names on the command line, and in their order.</summary>
    public SortedDictionary<string, string> Record(TrainingOptions options)
    {
        var values = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var setting in _recorded)
        {
            if (setting.Text(options) is { } text)
                values.Add(setting.Name, text);
        }

        return values;
    }

    /// <summary>Refuses options whose values the command line would refuse.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of its range.</exception>
    public static void Check(TrainingOptions options)
    {
        foreach (var setting in new TrainingSettings(options).Train)
        {
            if (setting.Text(options) is { } text && setting.Apply(options, text) is null)
                throw new ArgumentOutOfRangeException(nameof(options), $"{setting.Property} is {(text.Length == 0 ? "empty" : text)}, but takes {setting.Takes}.");
        }
    }

    /// <summary>The defaults, and over them what an earlier run's file says.</summary>
    /// <param name="values">By the names on the command line.</param>
    /// <param name="path">The file, for messages.</param>
    /// <param name="remedy">What to do about a setting that can't be taken, where the file is none to edit.</param>
    /// <exception cref="ModelGenException">The file has an option or a value that there is not.</exception>
    public TrainingOptions Recorded(IReadOnlyDictionary<string, string> values, string path, string? remedy = null)
    {
        var options = _defaults;
        foreach (var (name, text) in values)
        {
            var setting = _recorded.FirstOrDefault(setting => setting.Name == name)
                ?? throw new ModelGenException($"'{path}' has the setting '{name}', which there is not: {remedy ?? "take it out"}.");
            options = setting.Apply(options, text)
                ?? throw new ModelGenException($"'{path}' has '{text}' for '{name}', which takes {setting.Takes}: {remedy ?? "write such a value"}.");
        }

        return options;
    }

    private Setting<string> Folder(string name, string contents, Func<TrainingOptions, string?> get, Func<TrainingOptions, string, TrainingOptions> with) =>
        new(name, "DIR", "the path of a folder", $"Folder of the {contents}", _defaults, TryReadPath, get, with);

    private Setting<string> Weights(string description) =>
        new("--load", "FILE", "the path of a file", description, _defaults, TryReadPath, options => options.Load, (options, value) => options with { Load = value });

    private Setting<bool> Switch(string name, string description, Func<TrainingOptions, bool> get, Func<TrainingOptions, bool, TrainingOptions> with) =>
        new(name, null, "no value", description, _defaults, bool.TryParse, options => get(options), with);

    private Setting<int> WholeNumber(
        string name, int least, string description, Func<TrainingOptions, int?> get, Func<TrainingOptions, int, TrainingOptions> with, int? most = null) =>
        new(
            name,
            "N",
            most is null ? $"a whole number of at least {least}" : FormattableString.Invariant($"a whole number from {least} to {most}"),
            description,
            _defaults,
            (string text, out int value) =>
                int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value) && value >= least && (most is null || value <= most),
            options => get(options),
            with,
            // The end that otherwise goes without saying.
            text => most is null && double.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > int.MaxValue
                ? FormattableString.Invariant($"the largest is {int.MaxValue}")
                : null);

    // The tensors that it is multiplied with are float32, where less is 0 and more is infinite.
    internal static bool TryReadPositive(string text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && (float)value is > 0 and <= float.MaxValue;

    private static bool TryReadPath(string text, out string value)
    {
        value = text;
        return PathOption.IsPath(text);
    }

    private static bool TryReadFile(string text, out string value) => TryReadPath(text, out value) && Path.GetFileName(text).Length > 0;

    // Safetensors has tensors by name, and no place for an optimizer's numbers.
    private static bool TryReadPth(string text, out string value) =>
        TryReadFile(text, out value) && !text.EndsWith(".safetensors", StringComparison.OrdinalIgnoreCase);

    private static bool TryReadDevice(string text, out string value)
    {
        value = text;
        return DeviceName.IsValid(text);
    }
}
