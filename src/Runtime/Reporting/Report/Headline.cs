using ModelGen.Training;
using ModelGen.Training.Metrics;

namespace ModelGen.Reporting.Report;

/// <summary>The name of the network, and the four numbers that one asks for first.</summary>
internal static class Headline
{
    public static Html Of(ReportContent content)
    {
        var last = content.Epochs[^1];
        var best = content.BestEpoch is { } number ? content.Epochs.FirstOrDefault(epoch => epoch.Epoch == number) : null;
        var seconds = content.Epochs.Sum(epoch => epoch.Seconds);
        var trainedLoss = Quantity.Score(last.TrainLoss);
        var numbers = Measured(last, best, content.Judging).Concat(new (string Name, string Value, string Note)[]
        {
            last.TestLoss is { } loss
                ? ($"{content.Judging.Capitalized} loss", Quantity.Score(loss), $"training {trainedLoss}")
                : ("Training loss", trainedLoss, "no test set"),
            ("Epochs", Quantity.Count(content.Epochs.Count), best is null ? "" : best == last ? "the last is the best" : $"the best is {Quantity.Count(best.Epoch)}"),
            ("Training time", Quantity.Clock(TimeSpan.FromSeconds(seconds)), Speed(content, seconds)),
        });
        return Html.Of($"""
            <header>
            <p class="kicker">Training report</p>
            <h1>{content.Model}</h1>
            <p class="lead">{content.Data}</p>
            <dl class="headline">
            {Html.ForEach(numbers, number => Html.Of($"<div><dt>{number.Name}</dt><dd>{number.Value}<small>{number.Note}</small></dd></div>\n"))}</dl>
            </header>

            """);
    }

    /// <summary>Of what was measured what says the most.</summary>
    private static IEnumerable<(string Name, string Value, string Note)> Measured(EpochMetrics last, EpochMetrics? best, JudgingSet judging)
    {
        if (Measure.All.FirstOrDefault(measure => measure.Trained(last) is not null) is not { } measure)
            yield break;
        var trained = Text(measure.Trained(last)!.Value);
        var highest = best == last || best is null ? null : measure.Tested(best);
        yield return measure.Tested(last) is { } tested
            ? (
                $"{judging.Capitalized} {measure.Words}",
                Text(tested),
                highest is { } value ? $"best {Text(value)} in epoch {Quantity.Count(best!.Epoch)}" : $"training {trained}")
            : ($"Training {measure.Words}", trained, "no test set");

        string Text(double value) => Numbers.Measured(measure, value);
    }

    private static string Speed(ReportContent content, double seconds)
    {
        var notes = new List<string>();
        if (seconds > 0 && content.Epochs.All(epoch => epoch.ImagesPerSecond is not null))
            notes.Add($"{Quantity.Rate(content.Epochs.Sum(epoch => epoch.ImagesPerSecond!.Value * epoch.Seconds) / seconds)} {content.Unit}/s");
        if (seconds > 0 && content.Epochs.All(epoch => epoch.Waited is not null))
            notes.Add($"{Numbers.Percent(content.Epochs.Sum(epoch => epoch.Waited!.Value * epoch.Seconds) / seconds)} waiting");
        return string.Join(", ", notes);
    }
}
