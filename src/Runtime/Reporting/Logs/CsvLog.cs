using ModelGen.Formats;
using ModelGen.Training;

namespace ModelGen.Reporting.Logs;

/// <summary>
/// <c>metrics.csv</c>: a header and one row an epoch, as RFC 4180 has it, so with CRLF. Numbers are written as in <c>metrics.jsonl</c>, with a point
/// in every culture; what an epoch doesn't have is empty. Names and numbers need no quotes.
/// </summary>
/// <param name="path">The file.</param>
internal sealed class CsvLog(string path) : IRunLog
{
    /// <inheritdoc/>
    public void Write(IReadOnlyList<EpochMetrics> epochs)
    {
        var rows = epochs.Select(RunJson.Values).ToList();
        // A run that was begun by an older version may lack columns of a newer one.
        var columns = rows.SelectMany(row => row.Select(value => value.Name)).Distinct().ToList();
        AtomicFile.Write(path, stream =>
        {
            using var writer = new StreamWriter(stream, leaveOpen: true) { NewLine = "\r\n" };
            writer.WriteLine(string.Join(',', columns));
            foreach (var row in rows)
                writer.WriteLine(string.Join(',', columns.Select(column => row.FirstOrDefault(value => value.Name == column).Text)));
        });
    }
}
