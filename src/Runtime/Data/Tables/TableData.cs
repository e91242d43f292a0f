using ModelGen.Reporting;
using ModelGen.Training;

namespace ModelGen.Data;

/// <summary>The rows of a run.</summary>
/// <param name="Train">The training set.</param>
/// <param name="Test">The test set, or null if there is none.</param>
/// <param name="Description">What was found, as one line for the user: <c>120 training and 30 test rows, 4 features, 3 classes (/x/iris)</c>.</param>
public sealed record TableData(TableSet Train, TableSet? Test, string Description) : RunData(Description)
{
    private const string TrainName = "train.csv";
    private const string TestName = "test.csv";

    /// <inheritdoc/>
    public override IReadOnlyList<string> Classes => Train.Classes;

    internal override string Unit => "rows";

    internal override int TrainCount => Train.Count;

    internal override int TestCount => Test?.Count ?? 0;

    private TableData TestedOnItself => this with { Test = Train, Judging = JudgingSet.Overfit, Description = $"{Description}; tested on its training rows" };

    internal override string Hash() => DataHash.Of(this);

    /// <summary>The same with a part of the training rows held out, which is what each epoch is judged by; the test rows stay unseen.</summary>
    /// <param name="options">Its seed decides which rows they are; a run that is to overfit holds none out.</param>
    /// <param name="share">The share of the training rows to hold out: above 0 and below 1.</param>
    /// <param name="stratified">Whether each class has the same share in them; rows without a class are all of one kind.</param>
    /// <exception cref="ModelGenException">There are too few rows for that.</exception>
    public TableData HoldOut(TrainingOptions options, double share, bool stratified)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Overfit is not null)
            return this;
        var (stay, held) = HeldOut.Split(Train.Count, Classes.Count > 0 ? Train.Label : _ => 0, share, options.Seed, stratified);
        return new(Train.At(stay), Train.At(held), Description + HeldOut.Words(held, stay, Train.Label, Classes, "row", Test is not null))
        {
            Judging = JudgingSet.Validation,
            LeavesTest = Test is not null,
        };
    }

    /// <summary>
    /// Reads the training set, and the test set if there is one. <c>Data</c> names a CSV file, or a folder with train.csv and test.csv or with one CSV
    /// file; <c>TestData</c> the same.
    /// </summary>
    /// <param name="options">Where the data is, and how much of it to use: <c>Limit</c> keeps that many evenly spaced rows of each set.</param>
    /// <param name="format">The roles of the columns.</param>
    /// <param name="features">How many features the network takes.</param>
    /// <param name="classes">The network's outputs, of which there must be as many classes; null where rows have targets.</param>
    /// <exception cref="ModelGenException">Something is wrong with the data, or it doesn't fit the network.</exception>
    public static TableData Open(TrainingOptions options, TableFormat format, int features, int? classes = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(format);
        if (options.Overfit is { } few)
            return Open(options with { Overfit = null, Limit = few }, format, features, classes).TestedOnItself;

        var (trainPath, testPath) = Find(Named(options.Data));
        if (trainPath is null)
            throw new ModelGenException($"'{options.Data}' holds {TestName} only: put the training rows beside it, as {TrainName}.");
        testPath = options.TestData is { } other ? ForTest(other) : testPath;

        var rows = new TableRows(trainPath, format);
        var (names, words) = (rows.FeatureNames, ClassesOf(rows, format, classes, trainPath));
        var train = Limited(rows.Read(names, features, words), options.Limit);
        var test = testPath is null ? null : Limited(new TableRows(testPath, format).Read(names, features, words), options.Limit);
        var counts = $"{Quantity.Count(train.Count)} training{(test is null ? "" : $" and {Quantity.Count(test.Count)} test")}";
        return new TableData(train, test, Describe(counts, train, options.TestData is null ? options.Data! : $"{options.Data} and {options.TestData}"));
    }

    /// <summary>Reads only the set to measure a network on: that of <c>options.TestData</c>, or the test set of <c>options.Data</c>, or its only set.</summary>
    /// <param name="options">As in <see cref="Open"/>.</param>
    /// <param name="format">As in <see cref="Open"/>.</param>
    /// <param name="features">As in <see cref="Open"/>.</param>
    /// <param name="description">What was found, as one line for the user.</param>
    /// <param name="names">The classes in the order of their labels, as they were when the network was trained; null where rows have targets.</param>
    /// <exception cref="ModelGenException">Something is wrong with the data, or it doesn't fit the network.</exception>
    public static TableSet OpenTest(TrainingOptions options, TableFormat format, int features, out string description, IReadOnlyList<string>? names = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(format);
        var data = Named(options.TestData ?? options.Data);
        var path = ForTest(data);
        var rows = new TableRows(path, format);
        var test = Limited(rows.Read(rows.FeatureNames, features, names ?? []), options.Limit);
        description = Describe($"{Quantity.Count(test.Count)} test", test, path) + (options.TestData is null && Find(data).Test is null ? DataFolder.OnlySet : "");
        return test;
    }

    /// <summary>The same rows as <paramref name="options"/> limit them, if the network can learn from them.</summary>
    /// <param name="options"><c>Limit</c> and <c>Overfit</c>, as in <see cref="Open"/>.</param>
    /// <param name="format">How many targets the rows must have, and which classes; rows in memory have no names of columns.</param>
    /// <param name="features">How many features the network takes.</param>
    /// <param name="classes">The network's outputs, of which there must be as many classes; null where rows have targets.</param>
    /// <exception cref="ModelGenException">The rows don't fit the network, or there are none.</exception>
    public TableData For(TrainingOptions options, TableFormat format, int features, int? classes = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(format);
        if (options.Overfit is { } few)
            return For(options with { Overfit = null, Limit = few }, format, features, classes).TestedOnItself;

        SetFit.Check(Train, "training", features, format, classes);
        if (Test is not null)
            SetFit.Check(Test, "test", features, format with { Classes = format.Classes ?? Train.Classes }, classes);
        if (options.Limit is not { } limit)
            return this;
        return new(Limited(Train, limit), Test is null ? null : Limited(Test, limit), FormattableString.Invariant($"{Description}; at most {limit} of each set"));
    }

    /// <summary>Reads the features alone of the rows of a file; its label and targets need not be there.</summary>
    /// <param name="path">A CSV file.</param>
    /// <param name="format">As in <see cref="Open"/>.</param>
    /// <param name="features">As in <see cref="Open"/>.</param>
    /// <returns>Row after row: <c>[N, features]</c>.</returns>
    /// <exception cref="ModelGenException">Something is wrong with the file, or it doesn't fit the network.</exception>
    public static float[] ReadFeatures(string path, TableFormat format, int features) => ReadFeatures(path, format, features, out _);

    /// <summary>The same with the place of each row, and without a row of a file that is wrong.</summary>
    /// <param name="path">A CSV file.</param>
    /// <param name="format">As in <see cref="Open"/>.</param>
    /// <param name="features">As in <see cref="Open"/>.</param>
    /// <param name="refused">Is told what is wrong with the file, or how it doesn't fit the network.</param>
    /// <param name="lines">The line of the file on which each row begins, from 1.</param>
    /// <returns>Row after row: <c>[N, features]</c>.</returns>
    public static float[] ReadFeatures(string path, TableFormat format, int features, Action<ModelGenException> refused, out IReadOnlyList<int> lines)
    {
        ArgumentNullException.ThrowIfNull(refused);
        try
        {
            return ReadFeatures(path, format, features, out lines);
        }
        catch (ModelGenException error)
        {
            refused(error);
            lines = [];
            return [];
        }
    }

    private static float[] ReadFeatures(string path, TableFormat format, int features, out IReadOnlyList<int> lines)
    {
        ArgumentNullException.ThrowIfNull(path);
        ArgumentNullException.ThrowIfNull(format);
        var rows = new TableRows(Existing(path), format);
        lines = rows.Lines;
        return rows.Features(rows.FeatureNames, features);
    }

    private static string Named(string? data) =>
        data ?? throw new ModelGenException("There is no data: name a CSV file, or a folder with train.csv and test.csv, with --data.");

    private static IReadOnlyList<string> ClassesOf(TableRows rows, TableFormat format, int? expected, string path)
    {
        if (expected is null)
            return [];
        var classes = format.Classes ?? rows.Classes();
        return classes.Count == expected
            ? classes
            : throw new ModelGenException(FormattableString.Invariant(
                $"'{path}' has {Quantity.Counted(classes.Count, "class")} in the column '{format.Label}' ({Quantity.Listed(classes)}), but the network tells {expected} apart: change its last layer, or declare the classes in the spec."));
    }

    private static (string? Train, string? Test) Find(string path)
    {
        if (!Directory.Exists(path))
            return (Existing(path), null);
        var (train, test) = (Path.Combine(path, TrainName), Path.Combine(path, TestName));
        if (File.Exists(train) || File.Exists(test))
            return (File.Exists(train) ? train : null, File.Exists(test) ? test : null);
        var files = FolderListing.Tables(path);
        return files is [var only]
            ? (only, null)
            : throw new ModelGenException($"'{path}' has neither {TrainName} nor {TestName} and {(files.Length == 0 ? "no" : "more than one")} other CSV file: name the file itself, or call it {TrainName}.");
    }

    private static string ForTest(string path) => Find(path) is var (train, test) ? test ?? train! : path;

    private static string Existing(string path) => File.Exists(path)
        ? path
        : throw new ModelGenException(
            Directory.Exists(path)
                ? $"'{path}' is a folder, not a CSV file: name the files in it."
                : $"There is no file or folder '{path}' to read rows from, or it cannot be reached: check the path.");

    private static TableSet Limited(TableSet rows, int? limit)
    {
        SetFit.CheckLimit(limit, "rows");
        return limit is null ? rows : rows.At(SampleOrder.EvenlySpaced(rows.Count, limit));
    }

    private static string Describe(string counts, TableSet rows, string place)
    {
        var (count, word) = rows.TargetCount == 0 ? (rows.Classes.Count, "class") : (rows.TargetCount, "target");
        return FormattableString.Invariant($"{counts} rows, {Quantity.Counted(rows.FeatureCount, "feature")}, {Quantity.Counted(count, word)} ({place})");
    }
}
