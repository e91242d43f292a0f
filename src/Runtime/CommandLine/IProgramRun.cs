using ModelGen.Data;
using ModelGen.Formats.Onnx;
using ModelGen.Training;

namespace ModelGen.CommandLine;

/// <summary>A model's program as its verbs see it: what they say of it, and what each has it do. The type of its options is none of theirs.</summary>
internal interface IProgramRun
{
    /// <inheritdoc cref="ModelProgram{TOptions}.Name"/>
    public string Name { get; }

    /// <summary>What stands behind the name: which backends there are to choose from; empty for one.</summary>
    public string Choice { get; }

    /// <inheritdoc cref="ModelProgram{TOptions}.Sample"/>
    public string Sample { get; }

    /// <inheritdoc cref="ModelProgram{TOptions}.Defaults"/>
    public TrainingOptions Defaults { get; }

    /// <inheritdoc cref="ModelProgram{TOptions}.DataSets"/>
    public IReadOnlyList<KnownDataSet> DataSets { get; }

    /// <summary>Whether there is <c>export</c>.</summary>
    public bool Exports { get; }

    /// <summary>Whether there is <c>--libtorch</c>.</summary>
    public bool TakesLibTorch { get; }

    /// <summary>Chooses the folder of the libtorch, before anything else is done.</summary>
    public void UseLibTorch(string folder);

    /// <summary>Does <c>train</c>.</summary>
    public void Train(TrainingOptions options);

    /// <summary>Does <c>eval</c>.</summary>
    public void Evaluate(TrainingOptions options);

    /// <summary>Does <c>predict</c>.</summary>
    public void Predict(TrainingOptions options, IReadOnlyList<string> files);

    /// <summary>Does <c>lr-find</c>.</summary>
    public void FindLearningRate(TrainingOptions options, LearningRateRange range);

    /// <summary>Does <c>summary</c>; <paramref name="svg"/> is the file of a drawing, or null.</summary>
    public void Summarize(bool asMermaid, string? svg);

    /// <summary>Does <c>data</c>.</summary>
    public void Download(KnownDataSet set, string folder);

    /// <summary>Does <c>export</c>.</summary>
    public void Export(TrainingOptions options, string path, OnnxOptions onnx);
}
