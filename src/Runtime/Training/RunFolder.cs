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

    /// <summary>The checkpoint after an epoch, of those that <c>--keep</c> asks for.</summary>
    public static string OfEpoch(int epoch) => FormattableString.Invariant($"epoch-{epoch:0000}.ckpt");

    /// <summary>Makes sure that a training can write all its files.</summary>
    /// <param name="folder">As the user named it.</param>
    /// <param name="save">The file of the weights beside it, as the user named it, or null.</param>
    /// <param name="saveOptimizer">The file of the optimizer's state, or null.</param>
    /// <exception cref="ModelGenException">One of them couldn't be.</exception>
    public static void PrepareForTraining(string folder, string? save = null, string? saveOptimizer = null)
    {
        string[] own = [Weights, Last, Best, Run, Metrics, MetricsAsCsv, Report, Result, LabelsFile.FileName];
        Prepare(folder, own);
        PrepareFile("--save", save);
        PrepareFile("--save-optimizer", saveOptimizer);
        if (saveOptimizer is not null && own.Select(file => Path.Combine(folder, file)).Append(save ?? folder).Any(file => Path.GetFullPath(file) == Path.GetFullPath(saveOptimizer)))
            throw new ModelGenException($"'{saveOptimizer}' is a file that the run writes itself: name another one with --save-optimizer.");
    }

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
