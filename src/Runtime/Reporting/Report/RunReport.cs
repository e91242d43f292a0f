using System.Text;
using ModelGen.Formats;

namespace ModelGen.Reporting.Report;

/// <summary>
/// <c>report.html</c>: one page that holds all that belongs to it and asks nothing of any other place, with no script. The page's own policy makes
/// browsers hold to that.
/// </summary>
internal static class RunReport
{
    /// <summary>Writes the report.</summary>
    /// <param name="path">The file, which is replaced.</param>
    /// <param name="content">What it says; at least one epoch.</param>
    /// <exception cref="ModelGenException">The file can't be written.</exception>
    public static void Write(string path, ReportContent content) => AtomicFile.Write(path, stream => stream.Write(Encoding.UTF8.GetBytes(Page(content))));

    /// <summary>The page as text. Its line ends are <c>\n</c> also where git gave our sources others.</summary>
    public static string Page(ReportContent content) => Html.Of($"""
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; img-src data:">
        <link rel="icon" href="data:,">
        <title>{content.Model}: training report</title>
        <style>
        {Html.Raw(Stylesheet())}</style>
        </head>
        <body>
        <main>
        {Headline.Of(content)}{CurveSection.Of(content)}{ConfusionSection.Of(content)}{MistakeSection.Of(content)}{ClassSection.Of(content)}{ModelSection.Of(content)}</main>
        </body>
        </html>

        """).ToString().ReplaceLineEndings("\n");

    private static string Stylesheet()
    {
        using var reader = new StreamReader(typeof(RunReport).Assembly.GetManifestResourceStream("report.css")!);
        return reader.ReadToEnd();
    }
}
