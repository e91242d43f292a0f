namespace ModelGen.Reporting.Report;

/// <summary>The mistakes that the network was most sure of, as pictures: what is wrong with the data is seen here first.</summary>
internal static class MistakeSection
{
    private const int Most = 24;

    public static Html Of(ReportContent content) => content.Mistakes.Count == 0 ? Html.Empty : Html.Of($"""
        <section>
        <h2>Most confident mistakes</h2>
        <p class="note">What each image is, what it was taken for, and how sure the network was.</p>
        <div class="gallery">
        {Html.ForEach(content.Mistakes.Take(Most), mistake => Figure(content, mistake))}</div>
        </section>

        """);

    private static Html Figure(ReportContent content, ReportMistake shown)
    {
        var (actual, predicted) = (content.NameOf(shown.Mistake.Actual), content.NameOf(shown.Mistake.Predicted));
        var alt = $"An image of {actual} that was taken for {predicted}";
        // Small images keep their pixels when they are enlarged; large ones are not enlarged.
        var style = shown.Shape.Width < 96 ? "pixels" : "";
        return Html.Of($"""
            <figure><img class="{style}" src="{PngImage.DataUri(shown.Pixels, shown.Shape)}" alt="{alt}" title="{content.Judging.Words} image {shown.Mistake.Index}">
            <figcaption><span>{actual}</span> <span class="arrow">→</span> <span class="said">{predicted}</span><small>{Numbers.Percent(shown.Mistake.Probability)}</small></figcaption></figure>

            """);
    }
}
