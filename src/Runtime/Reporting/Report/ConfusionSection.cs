using ModelGen.Training.Metrics;

namespace ModelGen.Reporting.Report;

/// <summary>The confusion matrix as a heat map with its numbers, and the pairs that are confused most. Many classes have the pairs alone.</summary>
internal static class ConfusionSection
{
    /// <summary>The most classes whose matrix can be read.</summary>
    public const int MostClasses = 25;

    public static Html Of(ReportContent content)
    {
        if (content.Confusion is not { } confusion)
            return Html.Empty;
        var isSmall = confusion.Classes <= MostClasses;
        var wrong = $"{Quantity.Count(confusion.Samples - confusion.Right)} of {Quantity.Count(confusion.Samples)}";
        var explained = isSmall ? " A row is what they are, a column what they were taken for." : "";
        return Html.Of($"""
            <section>
            <h2>Confusion</h2>
            <p class="note">{wrong} {content.Judging.Words} {content.Unit} were taken for another class.{explained}</p>
            <div class="confusion">
            {(isSmall ? Matrix(content, confusion) : Html.Empty)}{Pairs(content, confusion, isSmall)}</div>
            </section>

            """);
    }

    private static Html Matrix(ReportContent content, ConfusionMatrix confusion)
    {
        var labels = Enumerable.Range(0, confusion.Classes).ToList();
        var most = confusion.MostConfused(1) is [var worst] ? worst.Samples : 1;
        // Long names stand upright over their columns.
        var upright = content.Classes.Any(name => name.Length > 3) ? " upright" : "";
        return Html.Of($"""
            <div class="scroll" tabindex="0"><table class="matrix{upright}">
            <thead><tr><td class="corner"></td>{Html.ForEach(labels, label => Html.Of($"<th scope=\"col\"><span>{content.NameOf(label)}</span></th>"))}</tr></thead>
            <tbody>
            {Html.ForEach(labels, Row)}</tbody>
            </table></div>

            """);

        Html Row(int actual) => Html.Of($"""
            <tr><th scope="row">{content.NameOf(actual)}</th>{Html.ForEach(labels, predicted => Cell(content, confusion, actual, predicted, most))}</tr>

            """);
    }

    private static Html Cell(ReportContent content, ConfusionMatrix confusion, int actual, int predicted, long most)
    {
        var samples = confusion[actual, predicted];
        if (samples == 0)
            return Html.Of($"<td></td>");
        // What is right is shaded by its share of the class; what is wrong by the worst mistake, and by the root so that a few are seen beside many.
        var isRight = actual == predicted;
        var shade = isRight ? confusion.PerClass[actual].Recall : 0.12 + (0.5 * Math.Sqrt((double)samples / most));
        var style = isRight ? shade > 0.5 ? "right deep" : "right" : "wrong";
        var title = $"{content.NameOf(actual)} taken for {content.NameOf(predicted)}: {Quantity.Count(samples)}";
        return Html.Of($"<td class=\"{style}\" style=\"--shade:{shade:0.##}\" title=\"{title}\">{samples}</td>");
    }

    private static Html Pairs(ReportContent content, ConfusionMatrix confusion, bool isBesideMatrix)
    {
        var pairs = confusion.MostConfused(isBesideMatrix ? 8 : 50);
        if (pairs.Count == 0)
            return Html.Empty;
        return Html.Of($"""
            <div class="{(isBesideMatrix ? "scroll" : "scroll tall panel")}" tabindex="0"><table class="{(isBesideMatrix ? "pairs" : "numbers")}">
            <thead><tr><th scope="col">is</th><th scope="col" class="text">taken for</th><th scope="col">{content.Unit}</th><th scope="col">of the class</th></tr></thead>
            <tbody>
            {Html.ForEach(pairs, pair => Pair(content, confusion, pair))}</tbody>
            </table></div>

            """);
    }

    private static Html Pair(ReportContent content, ConfusionMatrix confusion, ConfusedPair pair)
    {
        var share = (double)pair.Samples / confusion.PerClass[pair.Actual].Samples;
        return Html.Of($"""
            <tr><td>{content.NameOf(pair.Actual)}</td><td class="text said">{content.NameOf(pair.Predicted)}</td>
            <td>{Quantity.Count(pair.Samples)}</td><td>{Numbers.Percent(share)}</td></tr>

            """);
    }
}
