namespace ModelGen.Data;

/// <summary>The sets that were found in a folder; at least one.</summary>
/// <param name="Train">The training set, or the folder's only set; null if it has test data only.</param>
/// <param name="Test">The test set, or null.</param>
internal sealed record DataFolder(IImageSource? Train, IImageSource? Test)
{
    /// <summary>What is said of a set that is measured on because there is no other.</summary>
    public const string OnlySet = "; no test set is kept apart there, so a network may have learned from these";

    private const string TrainName = "train";
    private const string TestName = "test";

    // What others call the set that epochs are judged by.
    private static readonly string[] ValidationNames = ["val", "valid", "validation"];

    /// <summary>A folder of such a name beside train, of which nothing is read; null where there is none.</summary>
    private string? Validation { get; init; }

    /// <summary>The set to measure a network on: the test set if there is one, else the only set.</summary>
    public IImageSource ForTest => Test ?? Train!;

    /// <summary>What is said of a set that lies there and is not used, behind what is; empty where there is none.</summary>
    /// <param name="testData">The test set that is named beside the folder, or null.</param>
    public string LeftOut(string? testData) =>
        Validation is null || (testData is not null && Path.TrimEndingDirectorySeparator(Path.GetFullPath(testData)) == Path.GetFullPath(Validation))
            ? ""
            : $", left out '{Validation}', which --test-data can name";

    /// <summary>Finds out what the folder holds: parts called train and test, MNIST's IDX files, or class folders, in this order.</summary>
    /// <exception cref="ModelGenException">There is no such folder, it can't be read, or it holds nothing of that.</exception>
    public static DataFolder Find(string folder)
    {
        if (File.Exists(folder))
            throw new ModelGenException($"'{folder}' is a file, but data is read from a folder: name the folder that holds it.");
        if (!Directory.Exists(folder))
            throw new ModelGenException($"There is no folder '{folder}' to read data from, or it cannot be reached: check the path.");

        var names = FolderListing.Folders(folder).Select(path => Path.GetFileName(path)).ToArray();
        if (AreParts(folder, names))
        {
            return new(
                names.Contains(TrainName) ? FindPart(Path.Combine(folder, TrainName), folder, IdxFiles.Training, IdxFiles.Test) : null,
                names.Contains(TestName) ? FindPart(Path.Combine(folder, TestName), folder, IdxFiles.Test, IdxFiles.Training) : null)
            {
                Validation = names.FirstOrDefault(ValidationNames.Contains) is { } name ? Path.Combine(folder, name) : null,
            };
        }

        return IdxFiles.Find(folder, IdxFiles.Test) is { } test
            ? new(IdxFiles.Find(folder, IdxFiles.Training), test)
            : new(FindPart(folder, null, IdxFiles.Training, IdxFiles.Test), null);
    }

    /// <summary>Whether train and test are parts, and not two classes among others that happen to have these names.</summary>
    private static bool AreParts(string folder, string[] names)
    {
        if (!names.Contains(TrainName))
            return names is [TestName];
        var hasOthers = names.Any(name => name is not (TrainName or TestName));
        return !hasOthers || FolderListing.Images(Path.Combine(folder, TrainName)).Length == 0;
    }

    private static IImageSource FindPart(string folder, string? dataFolder, string prefix, string otherPrefix) =>
        IdxFiles.Find(folder, prefix) ?? IdxFiles.Find(folder, otherPrefix) ?? ClassFolders.Find(folder, dataFolder) as IImageSource ?? throw new ModelGenException(
            $"'{folder}' holds no data: there is no folder per class with images in it, "
            + "none of MNIST's files (such as train-images-idx3-ubyte or .gz), and no folder called train or test.");
}
