namespace ModelGen.Reporting.Report;

/// <summary>The name of the network, and the four numbers that one asks for first.</summary>
internal static class Headline
{
    public static Html Of(ReportContent content)
    {
        var last = content.Epochs[^1];
        var best = content.BestEpoch is { } number ? content.Epochs.FirstOrDefault(epoch => epoch.Epoch == number) : null;
        var seconds = content.Epochs.Sum(epoch => epoch.Seconds);
        var bestAccuracy = best == last ? null : best?.TestAccuracy;
        var (trainedAccuracy, trainedLoss) = (Numbers.Percent(last.TrainAccuracy), Quantity.Score(last.TrainLoss));
        var numbers = new (string Name, string Value, string Note)[]
        {
            last.TestAccuracy is { } accuracy
                ? ("Test accuracy", Numbers.Percent(accuracy), bestAccuracy is { } highest ? $"best {Numbers.Percent(highest)} in epoch {Quantity.Count(best!.Epoch)}" : $"training {trainedAccuracy}")
                : ("Training accuracy", trainedAccuracy, "no test set"),
            last.TestLoss is { } loss ? ("Test loss", Quantity.Score(loss), $"training {trainedLoss}") : ("Training loss", trainedLoss, "no test set"),
            ("Epochs", Quantity.Count(content.Epochs.Count), best is null ? "" : best == last ? "the last is the best" : $"the best is {Quantity.Count(best.Epoch)}"),
            ("Training time", Quantity.Clock(TimeSpan.FromSeconds(seconds)), Speed(content, seconds)),
        };
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

    private static string Speed(ReportContent content, double seconds)
    {
        var notes = new List<string>();
        if (seconds > 0 && content.Epochs.All(epoch => epoch.ImagesPerSecond is not null))
            notes.Add($"{Quantity.Rate(content.Epochs.Sum(epoch => epoch.ImagesPerSecond!.Value * epoch.Seconds) / seconds)} images/s");
        if (seconds > 0 && content.Epochs.All(epoch => epoch.Waited is not null))
            notes.Add($"{Numbers.Percent(content.Epochs.Sum(epoch => epoch.Waited!.Value * epoch.Seconds) / seconds)} waiting");
        return string.Join(", ", notes);
    }
}
