using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using ModelGen.Formats;
using ModelGen.Training.Checkpoints;

namespace ModelGen.Training;

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
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? TrainAccuracy,
    double? TestLoss,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? TestAccuracy,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? BestTestAccuracy,
    int? BestEpoch,
    double Seconds,
    double? ImagesPerSecond)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? TrainTopK { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? TrainMae { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? TrainRmse { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? TrainR2 { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? TestTopK { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? TestMae { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? TestRmse { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? TestR2 { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? TestAuroc { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? BestTestLoss { get; init; }
}

/// <summary>
/// <c>run.json</c>: what was run, on what and with which options; <c>train --config run.json</c> runs it once more. The hashes are SHA-256: of
/// the lines of the spec, and of all images and labels.
/// </summary>
internal sealed record RunRecord(
    string Model,
    string SpecHash,
    string Data,
    string DataHash,
    string Device,
    int Processors,
    IReadOnlyDictionary<string, string> Versions,
    string CommandLine,
    IReadOnlyDictionary<string, string> Settings);

/// <summary><c>eval.json</c>: how the weights in one file did over the test images.</summary>
internal sealed record EvaluationResult(
    string Model,
    string Weights,
    int TestImages,
    double TestLoss,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] double? TestAccuracy)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? TestTopK { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? TestMae { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? TestRmse { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? TestR2 { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? TestAuroc { get; init; }
}

/// <summary>The records as JSON: keys in snake_case, shortest numbers that read back as they were, <c>\n</c>.</summary>
[JsonSerializable(typeof(EpochMetrics))]
[JsonSerializable(typeof(RunResult))]
[JsonSerializable(typeof(EvaluationResult))]
[JsonSerializable(typeof(RunRecord))]
[JsonSerializable(typeof(CheckpointHeader))]
internal sealed partial class RunJson : JsonSerializerContext
{
    private static readonly RunJson Lines = Create(indented: false);

    /// <summary>With a line for each key, for people too.</summary>
    public static RunJson Indented { get; } = Create(indented: true);

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

    /// <summary>Writes <c>run.json</c>.</summary>
    public static void Write(string path, RunRecord record) =>
        AtomicFile.Write(path, stream => WriteLine(stream, record, Indented.RunRecord));

    /// <summary>Writes <c>eval.json</c>.</summary>
    public static void Write(string path, EvaluationResult result) =>
        AtomicFile.Write(path, stream => WriteLine(stream, result, Indented.EvaluationResult));

    /// <summary>Reads the settings in a <c>run.json</c>.</summary>
    /// <exception cref="ModelGenException">The file is not there, or is no such file.</exception>
    public static IReadOnlyDictionary<string, string> ReadSettings(string path) => InputFile.Read(path, RunFolder.Run, stream =>
    {
        try
        {
            return JsonSerializer.Deserialize(stream, Indented.RunRecord)?.Settings
                ?? throw new InvalidDataException($"has no settings: name the {RunFolder.Run} of a run with --config.");
        }
        catch (JsonException error)
        {
            throw new InvalidDataException($"is not the {RunFolder.Run} of a run (line {error.LineNumber + 1}): name such a file with --config.", error);
        }
    });

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
