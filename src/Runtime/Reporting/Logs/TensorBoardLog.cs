using ModelGen.Formats;
using ModelGen.Training;

namespace ModelGen.Reporting.Logs;

/// <summary>
/// An event file for TensorBoard: a scalar for each number of an epoch, under its name in <c>metrics.jsonl</c>; the step is the epoch.
/// Each start of a run writes a file of its own with the epochs from there on, as TensorBoard expects it. Not through
/// <see cref="AtomicFile"/>: the file only grows, and a reader leaves out a record that was cut off.
/// </summary>
/// <param name="folder">The run's output folder.</param>
/// <param name="time">Dates the events.</param>
internal sealed class TensorBoardLog(string folder, TimeProvider time) : IRunLog
{
    // TensorBoard reads what has "tfevents" in its name, in the order of the names; the end tells our files from those of other programs.
    private const string Files = "events.out.tfevents.*.modelgen";

    private string? _path;

    /// <inheritdoc/>
    public void Write(IReadOnlyList<EpochMetrics> epochs)
    {
        try
        {
            using var file = _path is null ? new FileStream(NewPath(epochs), FileMode.CreateNew) : new FileStream(_path, FileMode.Append);
            if (_path is null)
            {
                EventFile.Write(file, EventFile.Version(Now));
                EventFile.Write(file, EventFile.SessionStart(Now, epochs[^1].Epoch));
                _path = file.Name;
            }

            EventFile.Write(file, EventFile.Scalars(Now, epochs[^1].Epoch, RunJson.Values(epochs[^1]).Where(value => value.Name != "epoch")));
            file.Flush(flushToDisk: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ModelGenException($"Cannot write TensorBoard's events into '{folder}': {error.Sentence()} Choose a place that can be written.", error);
        }
    }

    private double Now => time.GetUtcNow().ToUnixTimeMilliseconds() / 1000.0;

    private string NewPath(IReadOnlyList<EpochMetrics> epochs)
    {
        // The first finished epoch takes the folder over from an earlier run, whose curves would be drawn into the same chart.
        if (epochs.Count == 1)
        {
            foreach (var earlier in Directory.GetFiles(folder, Files))
                File.Delete(earlier);
        }

        var seconds = time.GetUtcNow().ToUnixTimeSeconds();
        while (File.Exists(PathAt(seconds)))
            seconds++;
        return PathAt(seconds);
    }

    private string PathAt(long seconds) => Path.Combine(folder, Files.Replace("*", FormattableString.Invariant($"{seconds:D10}"), StringComparison.Ordinal));
}
