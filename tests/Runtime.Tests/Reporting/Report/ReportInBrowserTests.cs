using System.Text.RegularExpressions;
using ModelGen.Reporting.Report;

namespace ModelGen.Tests.Reporting.Report;

public sealed partial class ReportInBrowserTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [ChromiumFact]
    public void A_browser_shows_the_report_without_a_complaint()
    {
        RunReport.Write(_folder["report.html"], SampleReport.Of(20, 10));

        var (dom, console) = Chromium.Load(_folder["report.html"]);

        Assert.Empty(console);
        Assert.Contains("Most confident mistakes", dom, StringComparison.Ordinal);
        Assert.Equal(3, Charts().Count(dom));
        Assert.EndsWith("</main>\n\n\n</body></html>\n", dom, StringComparison.Ordinal);
    }

    /// <summary>The page's own policy forbids what comes from elsewhere, and a script; the console says so. Without this, the test above proves nothing.</summary>
    [ChromiumFact]
    public void What_would_ask_another_place_is_refused_and_seen()
    {
        var page = RunReport.Page(SampleReport.Of(1, 2));
        File.WriteAllText(_folder["a.html"], page.Replace("</main>", "<img src=\"http://localhost:9/a.png\"></main>", StringComparison.Ordinal));
        File.WriteAllText(_folder["b.html"], page.Replace("</main>", "<script>document.title = ''</script></main>", StringComparison.Ordinal));

        Assert.Contains("Content Security Policy", Assert.Single(Chromium.Load(_folder["a.html"]).Console), StringComparison.Ordinal);
        Assert.Contains("Content Security Policy", Assert.Single(Chromium.Load(_folder["b.html"]).Console), StringComparison.Ordinal);
    }

    [GeneratedRegex("<svg ")]
    private static partial Regex Charts();
}
