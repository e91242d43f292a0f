using ModelGen.Training;
using ModelGen.Training.Metrics;

namespace ModelGen.Reporting;

/// <summary>The line of one epoch, as text: a pure function of what is known. Parts that aren't known yet, or don't fit, are left out.</summary>
/// <param name="Epoch">From 1.</param>
/// <param name="Epochs">How many there will be.</param>
/// <param name="Batches">Batches in this epoch, at least 1.</param>
internal sealed record EpochLine(int Epoch, int Epochs, int Batches)
{
    private const string Gap = "  ";
    private const int NarrowestBar = 8;
    private const int WidestBar = 24;

    /// <summary>What a sample is called, in the plural.</summary>
    public string Unit { get; init; } = "images";

    /// <summary>What the samples are called that the epoch is judged by.</summary>
    public JudgingSet Judging { get; init; } = JudgingSet.Test;

    private Part Head => new($"Epoch {Padded(Epoch, Epochs)}/{Epochs}");

    /// <summary>While the epoch trains: <c>Epoch  1/20  ████▌     62%  1071/1719  18.4k img/s  loss 0.1032  acc 0.9701  eta 00:02</c>.</summary>
    /// <param name="done">Batches done: 0 to <see cref="Batches"/>.</param>
    /// <param name="soFar">The scores over them, or null as long as none were read.</param>
    /// <param name="elapsed">Since the epoch began, or was resumed.</param>
    /// <param name="images">The images shown since then.</param>
    /// <param name="waited">The share of that time in which the loop waited for data, or null; below 1 % it isn't shown.</param>
    /// <param name="columns">The longest that the line may be.</param>
    /// <param name="unicode">Whether the bar may use block characters.</param>
    public string Running(int done, Scores? soFar, TimeSpan elapsed, long images, double? waited, int columns, bool unicode)
    {
        var parts = new List<Part>();
        if (soFar is { } scores)
        {
            if (Throughput(images, elapsed) is { } rate)
                parts.Add(RatePart(rate, dropped: 2));
            if (waited is >= 0.01)
                parts.Add(WaitPart(waited.Value));
            parts.Add(new Part($"loss {Quantity.Score(scores.Loss)}", Dropped: 6));
            parts.AddRange(Measured(measure => measure.Of(scores), "", dropped: 4));
            if (images > 0)
                parts.Add(new Part($"eta {Quantity.Clock(elapsed * ((double)(Batches - done) * scores.Images / ((double)done * images)))}", Dropped: 3));
        }

        return WithBar(done, parts, columns, unicode);
    }

    /// <summary>Between the last batch and the test scores: <c>Epoch  1/20  ████████████  100%  1719/1719  evaluating</c>.</summary>
    public string Evaluating(int columns, bool unicode) => WithBar(Batches, [new Part("evaluating", Dropped: 6)], columns, unicode);

    /// <summary>What stays: <c>Epoch  1/20  100%  1719/1719  18.4k img/s  loss 0.1032  acc 0.9701  test loss 0.0611  test acc 0.9810  00:03</c>.</summary>
    /// <param name="metrics">What the epoch came to.</param>
    /// <param name="columns">The longest that the line may be.</param>
    public string Finished(EpochMetrics metrics, int columns)
    {
        List<Part> parts = [Head, new("100%", Dropped: 2), Counter(Batches)];
        if (metrics.ImagesPerSecond is { } rate)
            parts.Add(RatePart(rate, dropped: 3));
        if (metrics.Waited is >= 0.01 and var waited)
            parts.Add(WaitPart(waited));
        parts.Add(new Part($"loss {Quantity.Score(metrics.TrainLoss)}", Dropped: 7));
        parts.AddRange(Measured(measure => measure.Trained(metrics), "", dropped: 5));
        if (metrics.TestLoss is { } testLoss)
            parts.Add(new Part($"{Judging.Name} loss {Quantity.Score(testLoss)}", Dropped: 6));
        parts.AddRange(Measured(measure => measure.Tested(metrics), Judging.Name + " ", dropped: 8));
        parts.Add(new Part(Quantity.Clock(TimeSpan.FromSeconds(metrics.Seconds)), Dropped: 4));
        return Fit(parts, columns);
    }

    /// <summary>Images per second, or null when no time has passed.</summary>
    public static double? Throughput(long images, TimeSpan elapsed) => elapsed > TimeSpan.Zero ? images / elapsed.TotalSeconds : null;

    private string WithBar(int done, List<Part> rest, int columns, bool unicode)
    {
        var percent = new Part($"{100L * done / Batches,3}%", Dropped: 7);
        List<Part> WithBarOf(int cells) => [Head, new(ProgressBar.Draw(done, Batches, cells, unicode), Dropped: 5), percent, Counter(done), .. rest];

        // The narrowest bar decides which parts stay; what is then left over makes the bar wider.
        var fitted = Fit(WithBarOf(NarrowestBar), columns);
        var cells = Math.Min(WidestBar, NarrowestBar + columns - fitted.Length);
        return Fit(WithBarOf(cells), columns);
    }

    private Part Counter(int done) => new($"{Padded(done, Batches)}/{Batches}", Dropped: 1);

    private Part RatePart(double rate, int dropped) => new($"{Quantity.Rate(rate)} {(Unit == "images" ? "img" : Unit)}/s", dropped);

    /// <summary>What was measured. What says the most stays as long as its place says; the others go first.</summary>
    private static IEnumerable<Part> Measured(Func<Measure, double?> value, string prefix, int dropped) => Measure.All
        .Where(measure => value(measure) is not null)
        .Select((measure, place) => new Part($"{prefix}{measure.Name} {Quantity.Score(value(measure)!.Value)}", place == 0 ? dropped : 0));

    private static Part WaitPart(double share) => new(FormattableString.Invariant($"waited {share * 100:F0}%"), Dropped: 0);

    private static string Padded(int value, int largest) => $"{value}".PadLeft($"{largest}".Length);

    /// <summary>Leaves parts out, the lowest <see cref="Part.Dropped"/> first, until the line fits.</summary>
    private static string Fit(List<Part> parts, int columns)
    {
        while (Length(parts) > columns && parts.Count > 1)
            parts.Remove(parts.MinBy(part => part.Dropped)!);
        var line = string.Join(Gap, parts.Select(part => part.Text));
        return line.Length <= columns ? line : line[..columns];
    }

    private static int Length(List<Part> parts) => parts.Sum(part => part.Text.Length + Gap.Length) - Gap.Length;

    /// <summary>One piece of the line.</summary>
    /// <param name="Text">What it says.</param>
    /// <param name="Dropped">Its place in the order in which parts give way to a narrow terminal; the head stays to the end.</param>
    private sealed record Part(string Text, int Dropped = int.MaxValue);
}
