using ModelGen.Training.Metrics;

namespace ModelGen.Reporting.Report;

/// <summary>Precision, recall and F1 of each class: in the order of the labels, or of many classes the weakest first.</summary>
internal static class ClassSection
{
    public static Html Of(ReportContent content)
    {
        if (content.Confusion is not { } confusion)
            return Html.Empty;
        var isSmall = confusion.Classes <= ConfusionSection.MostClasses;
        var note = isSmall ? "" : $" {Quantity.Count(confusion.Classes)} classes, the weakest first.";
        var rows = confusion.PerClass.Select((scores, label) => (Name: content.NameOf(label), Scores: scores));
        return Html.Of($"""
            <section>
            <h2>Classes</h2>
            <p class="note">Macro F1 {Quantity.Score(confusion.MacroF1)}.{note}</p>
            <div class="scroll{(isSmall ? "" : " tall")} panel" tabindex="0"><table class="numbers classes">
            <thead><tr>{Html.ForEach(["class", "precision", "recall", "F1"], name => Html.Of($"<th scope=\"col\">{name}</th>"))}<td class="bar"></td><th scope="col">{content.Unit}</th></tr></thead>
            <tbody>
            {Html.ForEach(isSmall ? rows : rows.OrderBy(row => row.Scores.F1), row => Row(row.Name, row.Scores))}</tbody>
            </table></div>
            </section>

            """);
    }

    private static Html Row(string name, ClassScores scores) => Html.Of($"""
        <tr><th scope="row">{name}</th><td>{Quantity.Score(scores.Precision)}</td><td>{Quantity.Score(scores.Recall)}</td><td>{Quantity.Score(scores.F1)}</td>
        <td class="bar"><i style="width:{scores.F1 * 100:0.#}%"></i></td><td>{Quantity.Count(scores.Samples)}</td></tr>

        """);
}
