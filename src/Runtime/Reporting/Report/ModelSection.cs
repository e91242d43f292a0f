using System.Text;

namespace ModelGen.Reporting.Report;

/// <summary>The network as a table and a graph, the run's settings, and what it ran on.</summary>
internal static class ModelSection
{
    // The drawing is an image, not part of the page: its styles and ids are its own.
    public static Html Of(ReportContent content) => Html.Of($"""
        <section>
        <h2>Model</h2>
        <pre class="scroll tall panel" tabindex="0">{content.Summary.TrimEnd('\n')}</pre>
        <details>
        <summary>Diagram</summary>
        <div class="scroll" tabindex="0"><img class="diagram" src="data:image/svg+xml;base64,{Convert.ToBase64String(Encoding.UTF8.GetBytes(content.Diagram.ToSvg()))}" alt="The network as a graph"></div>
        </details>
        </section>
        <section class="facts">
        {Facts("Settings", content.Settings)}{Facts("Environment", content.Environment)}</section>

        """);

    private static Html Facts(string title, IReadOnlyList<(string Name, string Value)> facts) => facts.Count == 0 ? Html.Empty : Html.Of($"""
        <div>
        <h2>{title}</h2>
        <dl>
        {Html.ForEach(facts, fact => Html.Of($"<div><dt>{fact.Name}</dt><dd>{fact.Value}</dd></div>\n"))}</dl>
        </div>

        """);
}
