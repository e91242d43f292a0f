using ModelGen.Training;

namespace ModelGen.Reporting.Logs;

/// <summary><c>metrics.jsonl</c>: one JSON object a line, one line an epoch.</summary>
/// <param name="path">The file.</param>
internal sealed class JsonlLog(string path) : IRunLog
{
    /// <inheritdoc/>
    public void Write(IReadOnlyList<EpochMetrics> epochs) => RunJson.Write(path, epochs);
}
