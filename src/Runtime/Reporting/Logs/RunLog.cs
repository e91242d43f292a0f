using ModelGen.Training;

namespace ModelGen.Reporting.Logs;

/// <summary>The logs of one run, in the forms that its options ask for.</summary>
internal static class RunLog
{
    /// <summary>The logs in their order: JSON lines, CSV, TensorBoard. They touch nothing before the first epoch is written.</summary>
    /// <param name="formats">The forms to write.</param>
    /// <param name="folder">The run's output folder.</param>
    /// <param name="time">The clock that dates TensorBoard's events.</param>
    public static IReadOnlyList<IRunLog> Of(LogFormats formats, string folder, TimeProvider time)
    {
        var logs = new List<IRunLog>();
        if (formats.HasFlag(LogFormats.Jsonl))
            logs.Add(new JsonlLog(Path.Combine(folder, RunFolder.Metrics)));
        if (formats.HasFlag(LogFormats.Csv))
            logs.Add(new CsvLog(Path.Combine(folder, RunFolder.MetricsAsCsv)));
        if (formats.HasFlag(LogFormats.TensorBoard))
            logs.Add(new TensorBoardLog(folder, time));
        return logs;
    }
}
