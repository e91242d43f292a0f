using ModelGen.Training;
using ModelGen.Training.Metrics;

namespace ModelGen.Reporting.Report;

/// <summary>How the run went: what was measured and the loss by epoch, the learning rate, and all numbers as a table.</summary>
internal static class CurveSection
{
    private static (string Name, Func<EpochMetrics, string?> Text)[] ColumnsOf(ReportContent content) =>
    [
        ("epoch", epoch => Quantity.Count(epoch.Epoch)),
        ("training loss", epoch => Quantity.Score(epoch.TrainLoss)),
        .. Measure.All.Select(measure => Column($"training {measure.Words}", measure, measure.Trained)),
        ($"{content.Judging.Words} loss", epoch => epoch.TestLoss is { } loss ? Quantity.Score(loss) : null),
        .. Measure.All.Select(measure => Column($"{content.Judging.Words} {measure.Words}", measure, measure.Tested)),
        ("learning rate", epoch => epoch.LearningRate is { } rate ? Numbers.Short(rate) : null),
        ("time", epoch => Quantity.Clock(TimeSpan.FromSeconds(epoch.Seconds))),
        ("per second", epoch => epoch.ImagesPerSecond is { } rate ? Quantity.Rate(rate) : null),
        ("waited for data", epoch => epoch.Waited is { } share ? Numbers.Percent(share) : null),
    ];

    public static Html Of(ReportContent content)
    {
        var charts = new[]
        {
            ByEpoch("Loss", Axis.OfMagnitudes, content, epoch => epoch.TrainLoss, epoch => epoch.TestLoss),
            LearningRate(content),
        };
        var measured = Measure.All.Select(measure => ByEpoch(
            Capital(measure.Words),
            measure.IsShare ? Axis.OfShares : Axis.OfMagnitudes,
            content,
            measure.Trained,
            measure.Tested));
        return Html.Of($"""
            <section>
            <h2>Curves</h2>
            <div class="charts">
            {Html.ForEach(measured.Concat(charts).Where(chart => chart.Curves.Count > 0), chart => chart.Draw())}</div>
            {Table(content)}
            </section>

            """);
    }

    private static (string, Func<EpochMetrics, string?>) Column(string name, Measure measure, Func<EpochMetrics, double?> value) =>
        (name, epoch => value(epoch) is { } number ? Numbers.Measured(measure, number) : null);

    private static string Capital(string words) => char.ToUpperInvariant(words[0]) + words[1..];

    private static Chart ByEpoch(
        string title, Func<double, double, Axis> values, ReportContent content, Func<EpochMetrics, double?> trained, Func<EpochMetrics, double?> tested)
    {
        var test = Curve.Of(content.Judging.Words, Curve.Accent, content.Epochs, epoch => epoch.Epoch, tested);
        var training = Curve.Of("training", test.Points.Count > 0 ? Curve.Quiet : Curve.Accent, content.Epochs, epoch => epoch.Epoch, trained);
        return new Chart
        {
            Title = title,
            Values = values,
            Marked = content.BestEpoch,
            Curves = [.. new[] { training, test }.Where(curve => curve.Points.Count > 0)],
        };
    }

    private static Chart LearningRate(ReportContent content)
    {
        var curve = Curve.Of("learning rate", Curve.Accent, content.Epochs, epoch => epoch.Epoch, epoch => epoch.LearningRate);
        return new Chart { Title = "Learning rate", Values = Axis.FromZero, Curves = curve.Points.Count > 0 ? [curve] : [] };
    }

    private static Html Table(ReportContent content)
    {
        var columns = ColumnsOf(content).Where(column => content.Epochs.Any(epoch => column.Text(epoch) is not null)).ToList();
        return Html.Of($"""
            <details>
            <summary>All epochs as numbers</summary>
            <div class="scroll tall panel" tabindex="0"><table class="numbers">
            <thead><tr>{Html.ForEach(columns, column => Html.Of($"<th scope=\"col\">{column.Name}</th>"))}</tr></thead>
            <tbody>
            {Html.ForEach(content.Epochs, Row)}</tbody>
            </table></div>
            </details>
            """);

        Html Row(EpochMetrics epoch) => Html.Of($"""
            <tr class="{(epoch.Epoch == content.BestEpoch ? "best" : "")}">{Html.ForEach(columns, column => Html.Of($"<td>{column.Text(epoch)}</td>"))}</tr>

            """);
    }
}
