using System.Globalization;
using System.Text;
using ModelGen.Formats;
using ModelGen.Reporting.Report;

namespace ModelGen.Training;

/// <summary>The files that a range test leaves.</summary>
internal static class LearningRateFiles
{
    /// <summary>Writes the points as a table, as RFC 4180 has it, so with CRLF, and the curve.</summary>
    /// <param name="folder">The folder, which exists.</param>
    /// <param name="model">The network's name.</param>
    /// <param name="result">A test with at least one point.</param>
    /// <exception cref="ModelGenException">A file can't be written.</exception>
    public static void Write(string folder, string model, LearningRateResult result)
    {
        var rows = result.Points.Select(point => $"{Text(point.LearningRate)},{Text(point.Loss)},{Text(point.Smoothed)}\r\n");
        Write(Path.Combine(folder, RunFolder.SearchPoints), "learning_rate,loss,smoothed\r\n" + string.Concat(rows));
        Write(Path.Combine(folder, RunFolder.SearchCurve), LearningRateDrawing.Of(model, result));
    }

    private static void Write(string path, string text) => AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(text)));

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
