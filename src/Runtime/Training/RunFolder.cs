using System.Globalization;
using ModelGen.Formats;

namespace ModelGen.Training;

/// <summary>The folder that <c>--out</c> names, and what a run leaves in it.</summary>
internal static class RunFolder
{
    /// <summary>The weights of the last finished epoch, a PyTorch state_dict.</summary>
    public const string Weights = "model.pth";

    /// <summary>The checkpoint that a run goes on from.</summary>
    public const string Last = "last.ckpt";

    /// <summary>The checkpoint after the best epoch.</summary>
    public const string Best = "best.ckpt";

    /// <summary>What was run, and how to run it again.</summary>
    public const string Run = "run.json";

    /// <summary>One JSON object a line, one line an epoch.</summary>
    public const string Metrics = "metrics.jsonl";

    /// <summary>The same as a table, a row an epoch.</summary>
    public const string MetricsAsCsv = "metrics.csv";

    /// <summary>What the whole training came to.</summary>
    public const string Result = "result.json";

    /// <summary>The training as a page to look at.</summary>
    public const string Report = "report.html";

    /// <summary>What an evaluation came to.</summary>
    public const string Evaluation = "eval.json";

    /// <summary>The steps of a range test, a row each.</summary>
    public const string SearchPoints = "lr-find.csv";

    /// <summary>The curve of a range test.</summary>
    public const string SearchCurve = "lr-find.svg";

    private const string EpochStart = "epoch-";
    private const string EpochEnd = ".ckpt";

    private static readonly string[] OfTraining = [Weights, Last, Best, Run, Metrics, MetricsAsCsv, Report, Result, LabelsFile.FileName];

    // As the systems' usual disks compare names.
    private static readonly StringComparer Names = OperatingSystem.IsWindows() || OperatingSystem.IsMacOS() ? StringComparer.OrdinalIgnoreCase : StringComparer.Ordinal;

    /// <summary>The checkpoint after an epoch, of those that <c>--keep</c> asks for.</summary>
    public static string OfEpoch(int epoch) => FormattableString.Invariant($"{EpochStart}{epoch:0000}{EpochEnd}");

    /// <summary>The checkpoints in a folder that are named so.</summary>
    /// <param name="folder">The folder, which exists.</param>
    public static IEnumerable<string> OfEpochs(string folder) => Directory.EnumerateFiles(folder).Where(file => IsOfEpoch(Path.GetFileName(file)));

    private static bool IsOfEpoch(string name) =>
        name.StartsWith(EpochStart, StringComparison.Ordinal)
        && name.EndsWith(EpochEnd, StringComparison.Ordinal)
        && int.TryParse(name[EpochStart.Length..^EpochEnd.Length], NumberStyles.None, CultureInfo.InvariantCulture, out var epoch)
        && name == OfEpoch(epoch);

    /// <summary>Makes sure that a training can write all its files.</summary>
    /// <param name="folder">As the user named it.</param>
    /// <param name="save">The file of the weights beside it, as the user named it, or null.</param>
    /// <param name="saveOptimizer">The file of the optimizer's state, or null.</param>
    /// <exception cref="ModelGenException">One of them couldn't be.</exception>
    public static void PrepareForTraining(string folder, string? save = null, string? saveOptimizer = null)
    {
        if (save is not null)
            RefuseOwn("--save", save, folder);
        if (saveOptimizer is not null)
            RefuseOwn("--save-optimizer", saveOptimizer, folder, save);
        Prepare(folder, OfTraining);
        PrepareFile("--save", save);
        PrepareFile("--save-optimizer", saveOptimizer);
    }

    /// <summary>Refuses a file to write that a run writes itself, in this folder or in another run's, or that the same command needs.</summary>
    /// <param name="option">The option that names the file.</param>
    /// <param name="file">As the user named it.</param>
    /// <param name="folder">The folder of this run, or null where the command is about none.</param>
    /// <param name="needed">The files that the command reads, or writes too; null for none.</param>
    /// <exception cref="ModelGenException">It is one of them.</exception>
    public static void RefuseOwn(string option, string file, string? folder, params ReadOnlySpan<string?> needed)
    {
        var path = Path.GetFullPath(file);
        foreach (var other in needed)
        {
            if (other is not null && IsSame(path, other))
                throw new ModelGenException($"'{file}' is a file that this command needs for something else: name another one with {option}.");
        }

        var parent = Path.GetDirectoryName(path);
        if (parent is not null && IsOwn(Path.GetFileName(path)) && ((folder is not null && IsSame(parent, folder)) || HoldsRun(parent)))
            throw new ModelGenException($"'{file}' is a file that the run writes itself: name another one with {option}.");
    }

    /// <summary>Whether a folder holds a run's files, so that its names are taken.</summary>
    public static bool HoldsRun(string folder) => File.Exists(Path.Combine(folder, Run)) || File.Exists(Path.Combine(folder, Last));

    private static bool IsOwn(string name) =>
        OfTraining.Concat([Evaluation, SearchPoints, SearchCurve]).Contains(name, Names) || IsOfEpoch(name);

    private static bool IsSame(string path, string other) => Names.Equals(path, Path.TrimEndingDirectorySeparator(Path.GetFullPath(other)));

    private static void PrepareFile(string option, string? file)
    {
        if (file is not null)
            PrepareFor(option, Path.GetDirectoryName(file) is { Length: > 0 } parent ? parent : ".", Path.GetFileName(file));
    }

    /// <summary>Creates the folder if need be and tries to write in it, so that a run of hours doesn't fail at its end. Existing files stay as they are.</summary>
    /// <param name="folder">As the user named it.</param>
    /// <param name="files">The names of the files that will be written there.</param>
    /// <exception cref="ModelGenException">One of them couldn't be.</exception>
    public static void Prepare(string folder, params ReadOnlySpan<string> files) => PrepareFor("--out", folder, files);

    private static void PrepareFor(string option, string folder, params ReadOnlySpan<string> files)
    {
        // Told apart from other trouble because each platform has its own words for it.
        if (File.Exists(folder))
            throw new ModelGenException($"The output folder '{folder}' is a file: name a folder with {option}.");
        foreach (var file in files)
        {
            if (Directory.Exists(Path.Combine(folder, file)))
                throw new ModelGenException($"'{Path.Combine(folder, file)}' is a folder, and a file has to be written there: move it away or name another folder with {option}.");
        }

        try
        {
            Directory.CreateDirectory(folder);
            foreach (var file in files)
                AtomicFile.DeleteAbandoned(Path.Combine(folder, file));
            // A name of its own: two runs may try the same folder at the same time.
            using var probe = new FileStream(
                Path.Combine(folder, $"write-test.{Path.GetRandomFileName()}.tmp"), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ModelGenException($"The output folder '{folder}' cannot be written ({error.Message.TrimEnd('.')}): name another one with {option}.", error);
        }
    }
}
