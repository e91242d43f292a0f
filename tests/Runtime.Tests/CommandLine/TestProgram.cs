using ModelGen.CommandLine;
using ModelGen.Data;
using ModelGen.Formats.Onnx;
using ModelGen.Tests.Training;
using ModelGen.Training;

namespace ModelGen.Tests.CommandLine;

/// <summary>A generated model's program whose verbs only note what they were asked for.</summary>
internal sealed class TestProgram
{
    public RecordingTerminal Terminal { get; init; } = new();

    public TestOptions Defaults { get; init; } = new();

    public string Sample { get; init; } = "image";

    public bool Trace { get; init; }

    public IReadOnlyList<KnownDataSet> DataSets { get; init; } = KnownDataSet.All;

    public static ModelGen.Reporting.Diagram Diagram { get; } = new([new("TestNet", [new("input", "", "[N, 4]"), new("fc", "linear", "[N, 10]", "input")])]);

    public Scores Scores { get; init; } = new(0.0611, 0.981, 10_000);

    public double Probability { get; init; } = 0.98765;

    /// <summary>What a verb throws instead of doing its work.</summary>
    public Exception? Fails { get; init; }

    /// <summary>The program of the other backend, or null.</summary>
    public (string Backend, Func<string[], int> Run)? Other { get; init; }

    /// <summary>What --backend calls this one, or null.</summary>
    public string? Backend { get; init; }

    /// <summary>The verb that ran, or null.</summary>
    public string? Ran { get; private set; }

    public TestOptions? Options { get; private set; }

    public IReadOnlyList<string>? Images { get; private set; }

    /// <summary>The loss of a step of lr-find by its learning rate.</summary>
    public Func<double, double> Loss { get; init; } = rate => rate < 0.1 ? 2 - Math.Min(1.5, rate * 150) : 20;

    public LearningRateSearch? Search { get; private set; }

    /// <summary>Whether the network has a form in ONNX.</summary>
    public bool Exports { get; init; }

    /// <summary>Whether the network is computed by libtorch.</summary>
    public bool TakesLibTorch { get; init; }

    /// <summary>The folder that --libtorch named before the verb ran, or null.</summary>
    public string? LibTorch { get; private set; }

    /// <summary>The file that export was to write, and how.</summary>
    public (string Path, OnnxOptions How)? Exported { get; private set; }

    public string Out => Terminal.Out;

    public string Error => Terminal.Error;

    public int Run(params string[] args) => new ModelProgram<TestOptions>
    {
        Name = "TestNet",
        Summary = "layer  shape\nfc     [N, 10]\n",
        Diagram = Diagram,
        Sample = Sample,
        Defaults = Defaults,
        DataSets = DataSets,
        Train = (options, _, _) =>
        {
            Note("train", options);
            return new TrainingResult([], null, TimeSpan.Zero, "");
        },
        Evaluate = options =>
        {
            Note("eval", options);
            return Scores;
        },
        Predict = (options, images, refused) =>
        {
            Note("predict", options);
            Images = images;
            foreach (var image in images.Where(image => image.Contains("bad", StringComparison.Ordinal)))
                refused(new ModelGenException($"'{image}' is no image."));
            return [.. images.Where(image => !image.Contains("bad", StringComparison.Ordinal)).Select(image => new ClassPrediction(image, "[cat]", Probability))];
        },
        FindLearningRate = (options, search) =>
        {
            Note("lr-find", options);
            Search = search;
            while (search.Add(Loss(search.LearningRate)))
            {
            }

            return search.Complete();
        },
        ExportOnnx = Exports ? Export : null,
        UseLibTorch = TakesLibTorch ? UseLibTorch : null,
        Other = Other,
        Backend = Backend,
    }.Run(args, Terminal.Terminal, Trace);

    private void UseLibTorch(string folder)
    {
        Assert.Null(Ran);
        LibTorch = folder;
    }

    private void Export(TestOptions options, string path, OnnxOptions how)
    {
        Note("export", options);
        Exported = (path, how);
    }

    private void Note(string verb, TestOptions options)
    {
        if (Fails is not null)
            throw Fails;
        Ran = verb;
        Options = options;
    }
}
