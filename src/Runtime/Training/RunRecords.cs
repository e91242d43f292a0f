using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using ModelGen.Formats;

namespace ModelGen.Training;

/// <summary>One line of <c>metrics.jsonl</c>. Seconds and images per second are of the training alone, without the evaluation.</summary>
internal sealed record EpochMetrics(
    int Epoch, double TrainLoss, double TrainAccuracy, double? TestLoss, double? TestAccuracy, double Seconds, double? ImagesPerSecond)
{
    /// <summary>The learning rate of the epoch's last step.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? LearningRate { get; init; }

    /// <summary>The share of the seconds in which the trainer waited for data: 0 to 1.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Waited { get; init; }
}

/// <summary>
/// <c>result.json</c>: the scores of the last epoch and the best of all. Seconds add up the training of all epochs, without the
/// evaluation; images per second are the training images shown in them, divided by that.
/// </summary>
internal sealed record RunResult(
    string Model,
    long Parameters,
    string Device,
    int Seed,
    int Epochs,
    int TrainImages,
    int TestImages,
    double TrainLoss,
    double TrainAccuracy,
    double? TestLoss,
    double? TestAccuracy,
    double? BestTestAccuracy,
    int? BestEpoch,
    double Seconds,
    double? ImagesPerSecond);

/// <summary><c>eval.json</c>: how the weights in one file did over the test images.</summary>
internal sealed record EvaluationResult(string Model, string Weights, int TestImages, double TestLoss, double TestAccuracy);

/// <summary>The records as JSON: keys in snake_case, shortest numbers that read back as they were, <c>\n</c>.</summary>
[JsonSerializable(typeof(EpochMetrics))]
[JsonSerializable(typeof(RunResult))]
[JsonSerializable(typeof(EvaluationResult))]
internal sealed partial class RunJson : JsonSerializerContext
{
    private static readonly RunJson Lines = Create(indented: false);
    private static readonly RunJson Indented = Create(indented: true);

    /// <summary>Writes <c>metrics.jsonl</c>, one line an epoch.</summary>
    public static void Write(string path, IEnumerable<EpochMetrics> epochs) => AtomicFile.Write(path, stream =>
    {
        foreach (var epoch in epochs)
            WriteLine(stream, epoch, Lines.EpochMetrics);
    });

    /// <summary>An epoch's numbers under their names in <c>metrics.jsonl</c>, as they are written there; null for one that is not there.</summary>
    public static IReadOnlyList<(string Name, string? Text)> Values(EpochMetrics epoch) =>
    [
        .. JsonSerializer.SerializeToElement(epoch, Lines.EpochMetrics).EnumerateObject()
            .Select(number => (number.Name, number.Value.ValueKind == JsonValueKind.Null ? null : number.Value.GetRawText())),
    ];

    /// <summary>Writes <c>result.json</c>.</summary>
    public static void Write(string path, RunResult result) =>
        AtomicFile.Write(path, stream => WriteLine(stream, result, Indented.RunResult));

    /// <summary>Writes <c>eval.json</c>.</summary>
    public static void Write(string path, EvaluationResult result) =>
        AtomicFile.Write(path, stream => WriteLine(stream, result, Indented.EvaluationResult));

    private static void WriteLine<T>(Stream stream, T value, JsonTypeInfo<T> type)
    {
        JsonSerializer.Serialize(stream, value, type);
        stream.WriteByte((byte)'\n');
    }

    private static RunJson Create(bool indented) => new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        // Files, not web pages: a path with an umlaut or a '+' stays readable.
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = indented,
        NewLine = "\n",
    });
}
