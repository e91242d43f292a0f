using System.Globalization;
using ModelGen.Reporting;
using ModelGen.Training;

namespace ModelGen.Data;

/// <summary>The images of a run, decoded.</summary>
/// <param name="Train">The training set.</param>
/// <param name="Test">The test set, or null if there is none.</param>
/// <param name="Description">What was found, as one line for the user: <c>55,000 training and 10,000 test images, 28x28, 10 classes (IDX files in /x/y)</c>.</param>
public sealed record ImageData(ImageSet Train, ImageSet? Test, string Description) : RunData(Description)
{
    /// <inheritdoc/>
    public override IReadOnlyList<string> Classes => Train.Classes;

    internal override string Told => Description + Decoding;

    internal override string Unit => "images";

    internal override int TrainCount => Train.Count;

    internal override int TestCount => Test?.Count ?? 0;

    internal override ImageSet? TestImages => Test;

    /// <summary>How the images were decoded this time, behind the description; empty where none were.</summary>
    private string Decoding { get; init; } = "";

    private ImageData TestedOnItself => this with { Test = Train, Judging = JudgingSet.Overfit, Description = $"{Description}; tested on its training images" };

    internal override string Hash() => DataHash.Of(this);

    /// <summary>
    /// Reads the training set, and the test set if there is one. A folder may hold the folders train and test, MNIST's IDX files
    /// (plain or .gz), or one folder of JPEG, PNG, BMP or WebP files per class; without a folder, digits are drawn.
    /// </summary>
    /// <param name="options">Where the data is, how much of it to use (<c>Limit</c> keeps that many evenly spaced images of each set), and the seed of drawn digits.</param>
    /// <param name="shape">The network's input; every image must have its height and width, or come to it by <paramref name="resize"/>.</param>
    /// <param name="classes">The network's outputs; the data must have as many classes.</param>
    /// <param name="skipUnreadable">Leave out image files that can't be decoded and count them in the description, instead of stopping at the first.</param>
    /// <param name="names">The names that the classes must have, in the order of their labels, or null to take the data's.</param>
    /// <param name="resize">How images of another height and width come to the network's; without it they are refused.</param>
    /// <exception cref="ArgumentException"><paramref name="names"/> are not <paramref name="classes"/> different names.</exception>
    /// <exception cref="ModelGenException">Something is wrong with the data, or it doesn't fit the network.</exception>
    public static ImageData Open(
        TrainingOptions options,
        ImageShape shape,
        int classes,
        bool skipUnreadable = false,
        IReadOnlyList<string>? names = null,
        Resize resize = Resize.None)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Overfit is { } few)
            return Open(options with { Overfit = null, Limit = few }, shape, classes, skipUnreadable, names, resize).TestedOnItself;

        CheckNames(names, classes);
        var data = Find(options.Data, options.Seed);
        var trainSource = data.Train
            ?? throw new ModelGenException($"'{options.Data}' holds test data only ({data.ForTest.Place}): put the training data beside it, in a folder called train.");
        var testSource = options.TestData is null ? data.Test : Find(options.TestData, options.Seed).ForTest;
        trainSource = Declared(trainSource, "training");
        testSource = testSource is null ? null : Declared(testSource, "test");
        ClassAgreement.CheckSame(trainSource, testSource, classes);

        var request = Request(options, shape, classes, skipUnreadable, resize);
        var train = Part.Load(trainSource, "training", request);
        var test = testSource is null ? null : Part.Load(testSource, "test", request);
        Part[] parts = test is null ? [train] : [train, test];
        return new(train.Loaded.Images, test?.Loaded.Images, Describe(parts, options.Seed) + data.LeftOut(options.TestData)) { Decoding = DescribeDecoding(parts) };

        IImageSource Declared(IImageSource source, string purpose)
        {
            var named = Named(source, names);
            if (names is not null)
                ClassAgreement.CheckDeclared(named, purpose, names);
            return named;
        }
    }

    /// <summary>The same with a part of the training images held out, which is what each epoch is judged by; the test images stay unseen.</summary>
    /// <param name="options">Its seed decides which images they are; a run that is to overfit holds none out.</param>
    /// <param name="share">The share of the training images to hold out: above 0 and below 1.</param>
    /// <param name="stratified">Whether each class has the same share in them.</param>
    /// <exception cref="ModelGenException">There are too few images for that.</exception>
    public ImageData HoldOut(TrainingOptions options, double share, bool stratified)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Overfit is not null)
            return this;
        var (stay, held) = HeldOut.Split(Train.Count, Train.Label, share, options.Seed, stratified);
        return this with
        {
            Train = Train.Only(stay),
            Test = Train.Only(held),
            Description = Description + HeldOut.Words(held, stay, Train.Label, Train.Classes, "image", Test is not null),
            Judging = JudgingSet.Validation,
            LeavesTest = Test is not null,
        };
    }

    /// <summary>Reads only the set to measure a network on: that of <c>options.TestData</c>, or the test set of <c>options.Data</c>, or its only set.</summary>
    /// <param name="options">As in <see cref="Open"/>.</param>
    /// <param name="shape">As in <see cref="Open"/>.</param>
    /// <param name="classes">As in <see cref="Open"/>.</param>
    /// <param name="description">What was found, as one line for the user.</param>
    /// <param name="skipUnreadable">As in <see cref="Open"/>.</param>
    /// <param name="names">The classes in the order of their labels, as they were when the network was trained; null where nobody knows.</param>
    /// <param name="resize">As in <see cref="Open"/>.</param>
    /// <exception cref="ArgumentException"><paramref name="names"/> are not <paramref name="classes"/> different names.</exception>
    /// <exception cref="ModelGenException">Something is wrong with the data, or it doesn't fit the network.</exception>
    public static ImageSet OpenTest(
        TrainingOptions options,
        ImageShape shape,
        int classes,
        out string description,
        bool skipUnreadable = false,
        IReadOnlyList<string>? names = null,
        Resize resize = Resize.None)
    {
        ArgumentNullException.ThrowIfNull(options);
        CheckNames(names, classes);
        var data = Find(options.TestData ?? options.Data, options.Seed);
        var source = Named(data.ForTest, names);
        if (names is not null)
            ClassAgreement.CheckTrained(source, names);
        ClassAgreement.CheckSame(data.Train is null ? null : Named(data.Train, names), source, classes);
        var test = Part.Load(source, "test", Request(options, shape, classes, skipUnreadable, resize));
        var isOnly = data.Test is null && options.TestData is null;
        description = Describe([test], options.Seed) + (isOnly ? data.LeftOut(null) : "") + DescribeDecoding([test]) + (isOnly ? DataFolder.OnlySet : "");
        return test.Loaded.Images;
    }

    /// <summary>The same images as <paramref name="options"/> limit them, if the network can learn from them.</summary>
    /// <param name="options"><c>Limit</c> and <c>Overfit</c>, as in <see cref="Open"/>.</param>
    /// <param name="shape">The network's input, which every image must have.</param>
    /// <param name="classes">The network's outputs; the data must have as many classes.</param>
    /// <param name="names">The names that the classes must have, in the order of their labels, or null to take the data's.</param>
    /// <exception cref="ModelGenException">The data doesn't fit the network, or there is none.</exception>
    public ImageData For(TrainingOptions options, ImageShape shape, int classes, IReadOnlyList<string>? names = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        CheckNames(names, classes);
        if (options.Overfit is { } few)
            return For(options with { Overfit = null, Limit = few }, shape, classes, names).TestedOnItself;

        SetFit.Check(Train, "training", shape, classes, names);
        if (Test is not null)
            SetFit.Check(Test, "test", shape, classes, names ?? Train.Classes);
        SetFit.CheckLimit(options.Limit, "images");
        if (options.Limit is not { } limit)
            return this;
        return this with
        {
            Train = First(Train),
            Test = Test is null ? null : First(Test),
            Description = FormattableString.Invariant($"{Description}; at most {limit} of each set")
        };

        ImageSet First(ImageSet all) => all.Count <= limit ? all : all.Only(SampleOrder.EvenlySpaced(all.Count, limit));
    }

    private static DataFolder Find(string? folder, int seed) =>
        folder is null ? DigitSource.TrainAndTest(seed) : DataFolder.Find(folder);

    private static ImageRequest Request(TrainingOptions options, ImageShape shape, int classes, bool skipUnreadable, Resize resize)
    {
        SetFit.CheckLimit(options.Limit, "images");
        return new(shape, classes, options.Limit, skipUnreadable, resize, options.Cache);
    }

    private static void CheckNames(IReadOnlyList<string>? names, int classes)
    {
        if (names is not null && (names.Count != classes || names.Distinct().Count() != classes))
            throw new ArgumentException($"{classes} classes need {classes} different names.", nameof(names));
    }

    /// <summary>The source with its classes under their names, where it has only numbers for them.</summary>
    private static IImageSource Named(IImageSource source, IReadOnlyList<string>? names) => names is null ? source : source.Naming(names);

    private static string Describe(Part[] parts, int seed)
    {
        var images = parts[0].Loaded.Images;
        var counts = string.Join(" and ", parts.Select(part => part.Count));
        var size = FormattableString.Invariant($"{images.Shape.Height}x{images.Shape.Width}, {Quantity.Counted(images.Classes.Count, "class")}");
        if (parts.All(part => part.Source is DigitSource))
            return FormattableString.Invariant($"no --data given: drew {counts} digits, {size} (seed {seed})");

        var places = string.Join(" and ", parts.Select(part => part.Source.Place).Distinct());
        var unreadable = parts.Sum(part => part.Loaded.Unreadable);
        var others = parts.Sum(part => part.Loaded.Others);
        var leftOut = (unreadable > 0 ? $", left out {Quantity.Count(unreadable)} that cannot be decoded" : "")
            + (others > 0 ? $", left out {Quantity.Counted(others, "file")} of other types" : "");
        return $"{counts} images, {size} ({places}){leftOut}";
    }

    private static string DescribeDecoding(Part[] parts)
    {
        var files = parts.Where(part => part.Loaded.Decoding is not null).ToArray();
        var decoded = files.Where(part => !part.Loaded.Decoding!.IsEarlier).ToArray();
        if (decoded.Length == 0)
            return files.Length == 0 ? "" : "; from the cache";
        var seconds = decoded.Sum(part => part.Loaded.Decoding!.Time.TotalSeconds);
        var lost = decoded.Any(part => part.Loaded.Decoding!.IsLost) ? " into memory, because no cache folder can be written" : "";
        return string.Create(CultureInfo.InvariantCulture, $"; decoded {decoded.Sum(part => part.Loaded.Images.Count):N0} images in {seconds:N1} s{lost}");
    }

    /// <summary>A set that was loaded, and what it is for.</summary>
    private sealed record Part(IImageSource Source, string Purpose, LoadedImages Loaded)
    {
        public string Count => Loaded.Images.Count == Loaded.Found
            ? $"{Quantity.Count(Loaded.Found)} {Purpose}"
            : $"{Quantity.Count(Loaded.Images.Count)} of {Quantity.Count(Loaded.Found)} {Purpose}";

        public static Part Load(IImageSource source, string purpose, ImageRequest request) => new(source, purpose, source.Load(request));
    }
}
