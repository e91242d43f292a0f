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

    // Tried before a run of hours, and gone with its handle.
    private const string Probe = "write-test";

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

    /// <summary>Makes sure that a training can write all its files, and takes the folder for it.</summary>
    /// <param name="folder">As the user named it.</param>
    /// <param name="save">The file of the weights beside it, as the user named it, or null.</param>
    /// <param name="saveOptimizer">The file of the optimizer's state, or null.</param>
    /// <returns>What keeps other trainings out of the folder until it is disposed.</returns>
    /// <exception cref="ModelGenException">One of them couldn't be, or another training writes there.</exception>
    public static IDisposable PrepareForTraining(string folder, string? save = null, string? saveOptimizer = null)
    {
        if (save is not null)
            RefuseToReplace("--save", save, folder);
        if (saveOptimizer is not null)
            RefuseToReplace("--save-optimizer", saveOptimizer, folder, save);
        var taken = Prepare(folder, OfTraining, name => IsOfTraining(name) || name == Probe, RunLock.Take);
        try
        {
            PrepareFile("--save", save);
            PrepareFile("--save-optimizer", saveOptimizer);
            return taken;
        }
        catch
        {
            taken.Dispose();
            throw;
        }
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

    /// <summary>Refuses also what is there and no such file, such as the photo whose name stands behind the wrong option: it would be lost.</summary>
    private static void RefuseToReplace(string option, string file, string folder, params ReadOnlySpan<string?> needed)
    {
        RefuseOwn(option, file, folder, needed);
        if (File.Exists(file) && !InputFile.Read(file, ".pth", ForeignFile.IsReplaceable))
            throw new ModelGenException($"'{file}' is there already and holds no tensors, which is all that {option} replaces: move it away, or name another file.");
    }

    /// <summary>Whether a folder holds what a run has learned.</summary>
    public static bool HoldsWeights(string folder) => File.Exists(Path.Combine(folder, Weights)) || File.Exists(Path.Combine(folder, Last));

    /// <summary>Whether a folder holds a run's files, so that its names are taken.</summary>
    public static bool HoldsRun(string folder) => File.Exists(Path.Combine(folder, Run)) || File.Exists(Path.Combine(folder, Last));

    private static bool IsOwn(string name) =>
        IsOfTraining(name) || ((string[])[Evaluation, SearchPoints, SearchCurve, RunLock.FileName]).Contains(name, Names);

    private static bool IsOfTraining(string name) => OfTraining.Contains(name, Names) || IsOfEpoch(name);

    private static bool IsSame(string path, string other) => Names.Equals(path, Path.TrimEndingDirectorySeparator(Path.GetFullPath(other)));

    /// <summary>Creates the folder if need be and tries to write in it, so that a run of hours doesn't fail at its end. Existing files stay as they are.</summary>
    /// <param name="folder">As the user named it.</param>
    /// <param name="files">The names of the files that will be written there.</param>
    /// <exception cref="ModelGenException">One of them couldn't be.</exception>
    public static void Prepare(string folder, params string[] files) => Prepare(folder, files, name => files.Contains(name), TryToWrite).Dispose();

    private static FileStream Prepare(string folder, string[] files, Func<string, bool> isWritten, Func<string, FileStream> open) =>
        PrepareFor($"The output folder '{folder}'", "another folder with --out", folder, files, isWritten, open);

    private static void PrepareFile(string option, string? file)
    {
        if (file is null)
            return;
        var (folder, name) = (Path.GetDirectoryName(file) is { Length: > 0 } parent ? parent : ".", Path.GetFileName(file));
        PrepareFor($"The folder of '{file}'", $"another file with {option}", folder, [name], written => written == name, TryToWrite).Dispose();
    }

    /// <param name="place">The folder, as a sentence begins.</param>
    /// <param name="other">What to name instead.</param>
    /// <param name="folder">The folder.</param>
    /// <param name="files">The names of the files that will be written there.</param>
    /// <param name="isWritten">Whether a file of this name is written there, so that what a killed process left of it goes.</param>
    /// <param name="open">Opens a file there.</param>
    private static FileStream PrepareFor(string place, string other, string folder, string[] files, Func<string, bool> isWritten, Func<string, FileStream> open)
    {
        // Told apart from other trouble because each platform has its own words for it.
        if (File.Exists(folder))
            throw new ModelGenException($"{place} is a file: name {other}.");
        foreach (var file in files)
        {
            if (Directory.Exists(Path.Combine(folder, file)))
                throw new ModelGenException($"'{Path.Combine(folder, file)}' is a folder, and a file has to be written there: move it away or name {other}.");
        }

        FileStream? opened = null;
        try
        {
            Directory.CreateDirectory(folder);
            opened = open(folder);
            // Behind that: what the process that has the folder is about to rename is no longer locked.
            AtomicFile.DeleteAbandoned(folder, isWritten);
            return opened;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            opened?.Dispose();
            throw new ModelGenException($"{place} cannot be written ({error.Message.TrimEnd('.')}): name {other}.", error);
        }
    }

    // A name of its own: two commands may try the same folder at the same time.
    private static FileStream TryToWrite(string folder) =>
        new(AtomicFile.TemporaryOf(Path.Combine(folder, Probe)), FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose);
}
