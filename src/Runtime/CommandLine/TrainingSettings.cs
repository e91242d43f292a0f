using System.Globalization;
using ModelGen.Training;

namespace ModelGen.CommandLine;

/// <summary>All options of the command line, with the network's defaults in their descriptions, and which verb takes which.</summary>
/// <param name="defaults">The network's own defaults.</param>
internal sealed class TrainingSettings(TrainingOptions defaults)
{
    // Far above any machine's cores, yet few enough to start: with a million, libtorch never gets to its first step.
    private const int MaxThreads = 1024;

    private readonly Setting _data = Folder(
        "--data", "training data; without it, digits are drawn", defaults.Data, (options, value) => options with { Data = value });
    private readonly Setting _testData = Folder(
        "--test-data", "test data; without it, what --data holds", defaults.TestData, (options, value) => options with { TestData = value });
    private readonly Setting _epochs = WholeNumber(
        "--epochs", 1, "How often all training images are shown", defaults.Epochs, (options, value) => options with { Epochs = value });
    private readonly Setting _batchSize = WholeNumber(
        "--batch-size", 1, "Images per step", defaults.BatchSize, (options, value) => options with { BatchSize = value });
    private readonly Setting _learningRate = new Setting<double>(
        "--learning-rate",
        "X",
        "a number above 0",
        "Step size of the optimizer",
        defaults.LearningRate,
        TryReadPositive,
        (options, value) => options with { LearningRate = value });
    private readonly Setting _device = new Setting<string>(
        "--device",
        "D",
        DeviceName.Choices,
        $"Where to compute: {DeviceName.Choices}",
        defaults.Device,
        TryReadDevice,
        (options, value) => options with { Device = value });
    private readonly Setting _seed = WholeNumber(
        "--seed", int.MinValue, "Decides initial weights, order and drawn digits", defaults.Seed, (options, value) => options with { Seed = value }, int.MaxValue);
    private readonly Setting _workers = WholeNumber(
        "--workers", 1, "Threads that prepare images", defaults.Workers, (options, value) => options with { Workers = value }, MaxThreads);
    private readonly Setting _threads = WholeNumber(
        "--threads", 0, "Threads that compute on the CPU; 0 for the library's choice", defaults.Threads, (options, value) => options with { Threads = value }, MaxThreads);
    private readonly Setting _limit = WholeNumber(
        "--limit", 1, "Use only N of the training images, and at most N of the test images", defaults.Limit, (options, value) => options with { Limit = value });
    private readonly Setting _out = Folder("--out", "run's files", defaults.Out, (options, value) => options with { Out = value });
    private readonly Setting _load = new Setting<string>(
        "--load",
        "FILE",
        "the path of a file",
        $"Weights to start from or to use; eval and predict fall back on {RunFolder.Weights} in --out",
        defaults.Load,
        TryReadPath,
        (options, value) => options with { Load = value });
    private readonly Setting _noCache = new Setting<bool>(
        "--no-cache",
        null,
        "no value",
        "Decode all images into memory, instead of once into a file that the next run takes",
        null,
        bool.TryParse,
        (options, value) => options with { Cache = !value });
    private readonly Setting _noProgress = new Setting<bool>(
        "--no-progress",
        null,
        "no value",
        "One line an epoch instead of a progress bar",
        null,
        bool.TryParse,
        (options, value) => options with { Progress = !value });

    /// <summary>What <c>train</c> takes, in the order of <c>--help</c>.</summary>
    public IReadOnlyList<Setting> Train => [_data, _testData, _epochs, _batchSize, _learningRate, _device, _seed, _workers, _threads, _limit, _out, _load, _noCache, _noProgress];

    /// <summary>What <c>eval</c> takes.</summary>
    public IReadOnlyList<Setting> Evaluate => [_data, _testData, _load, _device, _batchSize, _threads, _workers, _limit, _seed, _out, _noCache];

    /// <summary>What <c>predict</c> takes.</summary>
    public IReadOnlyList<Setting> Predict => [_load, _device, _out];

    private static Setting<string> Folder(string name, string contents, string? defaultValue, Func<TrainingOptions, string, TrainingOptions> with) =>
        new(name, "DIR", "the path of a folder", $"Folder of the {contents}", defaultValue, TryReadPath, with);

    private static Setting<int> WholeNumber(
        string name, int least, string description, int? defaultValue, Func<TrainingOptions, int, TrainingOptions> with, int? most = null) =>
        new(
            name,
            "N",
            most is null ? $"a whole number of at least {least}" : FormattableString.Invariant($"a whole number from {least} to {most}"),
            description,
            defaultValue,
            (string text, out int value) =>
                int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value) && value >= least && (most is null || value <= most),
            with);

    private static bool TryReadPositive(string text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && value > 0 && double.IsFinite(value);

    // "--out --no-progress" is a forgotten folder, not a folder of that name.
    private static bool TryReadPath(string text, out string value)
    {
        value = text;
        return !string.IsNullOrWhiteSpace(text) && !text.StartsWith("--", StringComparison.Ordinal);
    }

    private static bool TryReadDevice(string text, out string value)
    {
        value = text;
        return DeviceName.IsValid(text);
    }
}
