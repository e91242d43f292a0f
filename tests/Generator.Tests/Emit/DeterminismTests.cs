using System.Globalization;
using Microsoft.CodeAnalysis;

namespace ModelGen.Tests.Emit;

/// <summary>The same specs give the same bytes and the same words: in any culture, order of files and folder, and with any line ends.</summary>
public sealed class DeterminismTests
{
    // Sound and broken, in both forms, with numbers of every kind in the code and in the messages.
    private static readonly (string Path, string Text)[] Files =
    [
        SeedSpecs.Attributes,
        ("Seed.model.json", SeedSpecs.Json.Text.Replace("ConvNet", "Seed", StringComparison.Ordinal).Replace("0.01", "0.0125", StringComparison.Ordinal)),
        ("Ilk.cs", Network("Ilk", "Input(3, 8, 8), LeakyReLU(0.2), Dropout(0.125), Flatten, Linear(2)",
            "ImageFolder(Classes = [\"İ\", \"i\"], TrainImages = 60000, Mean = [0.485, -0.5, 1e-7], Std = [0.229, 1, 0.225])")),
        ("Wide.cs", Network("Wide", "Input(1, 8, 8), Flatten, Linear(1234), Linear(10), Budget(Parameters = 12345)", "ImageFolder")),
        ("Plain.model.json", """
            {
              "input": [3, 7, 7], "compile": { "backend": "csharp" },
              "layers": [{ "conv2d": 5, "kernel_size": 3 }, { "batch_norm2d": {}, "momentum": 0.25 }, { "leaky_relu": 0.125 }, { "dropout": 0.5 }, "flatten", { "linear": 4 }],
              "training": { "loss": "cross_entropy", "label_smoothing": 0.1, "optimizer": "adamw", "learning_rate": 0.0025 },
              "data": { "image_folder": { "mean": [0.485, -0.5, 1e-7], "std": [0.229, 1, 0.225] } }
            }
            """),
        ("Steep.model.json", """
            {
              "input": [3, 7, 7],
              "layers": [{ "conv2d": 5, "kernel_size": 2, "stride": 2, "groups": 2 }, { "dropout": -0.5 }, "FLATTEN", "lınear"],
              "training": { "loss": "NLL", "optimizer": "sgd", "learning_rate": 1.5e300, "momentum": 1.25 },
              "data": { "image_folder": { "train_images": -1 } }
            }
            """),
        ("Below.model.json", """
            {
              "input": [3, 8, 8],
              "layers": [{ "crop": 6 }, { "reshape": [-1, 9] }, { "transpose": -1, "dim1": -2 }, { "mean": [-2] }, { "linear": 4 }],
              "training": { "loss": "cross_entropy", "optimizer": "sgd", "learning_rate": 0.01 },
              "data": { "image_folder": {} }
            }
            """),
        ("Twice.model.json", """{ "input": [4], "layers": ["relu"] }"""),
        ("again/Twice.model.json", """{ "input": [5], "layers": ["gelu"] }"""),
    ];

    private static readonly Written Expected;

    // Before the first test and so before its culture, which a field's initializer might wait for.
    static DeterminismTests() => Expected = Compile(Files);

    [Theory]
    [InlineData("de-DE")]
    [InlineData("tr-TR")]
    [InlineData("fi-FI")]
    public void In_any_culture(string name)
    {
        var before = (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture);
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = Culture(name);
            Assert.Equal("-0,5", (-0.5).ToString(CultureInfo.CurrentCulture).Replace('\u2212', '-'));
            AssertSame(Expected, Compile(Files));
        }
        finally
        {
            (CultureInfo.CurrentCulture, CultureInfo.CurrentUICulture) = before;
        }
    }

    [Fact]
    public void In_any_order_of_the_files()
    {
        foreach (var shift in Enumerable.Range(1, Files.Length - 1))
            AssertSame(Expected, Compile([.. Files.Skip(shift), .. Files.Take(shift)]));
        AssertSame(Expected, Compile([.. Files.Reverse()]));
    }

    [Fact]
    public void With_the_line_ends_of_any_system() =>
        AssertSame(Expected, Compile([.. Files.Select(file => (file.Path, file.Text.Replace("\n", "\r\n", StringComparison.Ordinal)))]));

    [Theory]
    [InlineData("/home/someone/project/")]
    [InlineData("C:\\Users\\someone\\project\\")]
    public void In_any_folder(string folder)
    {
        var compiled = Compile([.. Files.Select(file => (folder + file.Path, file.Text))]);

        Assert.Equal(Expected.Code, compiled.Code);
        Assert.Equal(Expected.Words, compiled.Words.Select(words => words.Replace(folder, "", StringComparison.Ordinal)));
    }

    [Fact]
    public void What_is_compared_is_not_empty()
    {
        Assert.True(Expected.Code.Count > 15);
        Assert.True(Expected.Words.Count > 8);
    }

    private static string Network(string name, string layers, string data) => $"""
        using ModelGen;
        namespace Demo;
        [Model, {layers}]
        [Training(Loss.CrossEntropy, Optimizer.Sgd, LearningRate = 0.5, WeightDecay = 1e-4), {data}]
        public partial class {name};
        """;

    // What is said of one file is said in one order; of several files in theirs, which the compiler decides.
    private static Written Compile((string Path, string Text)[] files)
    {
        var compiled = Compiled.Leniently(files);
        var ofFiles = compiled.Run.Diagnostics
            .GroupBy(diagnostic => diagnostic.Location.GetLineSpan().Path).OrderBy(file => file.Key, StringComparer.Ordinal);
        var ofAll = compiled.Report(DiagnosticSeverity.Info).Order(StringComparer.Ordinal);
        return new Written(
            [.. compiled.Files.Select(file => $"{file.Key}\n{file.Value}")],
            [.. ofFiles.SelectMany(file => file.Select(diagnostic => diagnostic.ToString())), .. ofAll]);
    }

    private static void AssertSame(Written expected, Written actual)
    {
        Assert.Equal(expected.Code, actual.Code);
        Assert.Equal(expected.Words, actual.Words);
    }

    // Where the process has no cultures, which a machine without ICU forces on it, what differs in them is set by hand.
    private static CultureInfo Culture(string name)
    {
        try
        {
            return CultureInfo.GetCultureInfo(name);
        }
        catch (CultureNotFoundException)
        {
            var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            culture.NumberFormat.NumberDecimalSeparator = ",";
            culture.NumberFormat.NumberGroupSeparator = ".";
            culture.NumberFormat.NegativeSign = "\u2212";
            return culture;
        }
    }

    private sealed record Written(IReadOnlyList<string> Code, IReadOnlyList<string> Words);
}
