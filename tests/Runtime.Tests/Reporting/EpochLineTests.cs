using System.Globalization;
using CsCheck;
using ModelGen.Reporting;
using ModelGen.Training;

namespace ModelGen.Tests.Reporting;

public sealed class EpochLineTests
{
    private static readonly EpochLine Line = new(1, 20, 1719);
    private static readonly Scores SoFar = new(0.1032, 0.9701, 34_272);
    private static readonly Scores Tested = new(0.0611, 0.9810, 10_000);

    // 34272 images in this time are 18.4k a second.
    private static readonly TimeSpan Elapsed = TimeSpan.FromSeconds(34_272 / 18_400.0);

    [Theory]
    [InlineData(200, "Epoch  1/20  ██████████████▉            62%  1071/1719  18.4k img/s  loss 0.1032  acc 0.9701  eta 00:01")]
    [InlineData(103, "Epoch  1/20  ██████████████▉            62%  1071/1719  18.4k img/s  loss 0.1032  acc 0.9701  eta 00:01")]
    [InlineData(87, "Epoch  1/20  ████▉      62%  1071/1719  18.4k img/s  loss 0.1032  acc 0.9701  eta 00:01")]
    [InlineData(79, "Epoch  1/20  ██████▊       62%  18.4k img/s  loss 0.1032  acc 0.9701  eta 00:01")]
    [InlineData(70, "Epoch  1/20  █████████▎        62%  loss 0.1032  acc 0.9701  eta 00:01")]
    [InlineData(60, "Epoch  1/20  █████████▉         62%  loss 0.1032  acc 0.9701")]
    [InlineData(45, "Epoch  1/20  ████████        62%  loss 0.1032")]
    [InlineData(39, "Epoch  1/20   62%  loss 0.1032")]
    [InlineData(20, "Epoch  1/20   62%")]
    [InlineData(12, "Epoch  1/20")]
    [InlineData(5, "Epoch")]
    public void A_running_epoch_shows_what_fits(int columns, string expected) =>
        Assert.Equal(expected, Line.Running(1071, SoFar, Elapsed, SoFar.Images, null, columns, unicode: true));

    [Fact]
    public void Before_the_first_scores_there_is_only_the_bar() =>
        Assert.Equal("Epoch  1/20                              0%     0/1719", Line.Running(0, null, TimeSpan.Zero, 0, null, 120, unicode: true));

    [Fact]
    public void Before_any_time_has_passed_there_is_no_rate() =>
        Assert.Equal(
            "Epoch  1/20  ▏                           0%    10/1719  loss 0.1032  acc 0.9701  eta 00:00",
            Line.Running(10, SoFar, TimeSpan.Zero, SoFar.Images, null, 120, unicode: true));

    [Fact]
    public void Without_unicode_the_bar_is_of_hashes() =>
        Assert.Equal(
            "Epoch  1/20  ##############             62%  1071/1719  18.4k img/s  loss 0.1032  acc 0.9701  eta 00:01",
            Line.Running(1071, SoFar, Elapsed, SoFar.Images, null, 120, unicode: false));

    [Fact]
    public void The_time_left_follows_from_the_batches_done() =>
        Assert.EndsWith("  eta 1:30:00", new EpochLine(1, 1, 4).Running(1, SoFar, TimeSpan.FromMinutes(30), SoFar.Images, null, 120, unicode: true), StringComparison.Ordinal);

    [Theory]
    [InlineData(120, "Epoch  1/20  ████████████████████████  100%  1719/1719  evaluating")]
    [InlineData(40, "Epoch  1/20  █████████  100%  evaluating")]
    [InlineData(30, "Epoch  1/20  100%  evaluating")]
    public void Between_training_and_test_scores_it_says_evaluating(int columns, string expected) =>
        Assert.Equal(expected, Line.Evaluating(columns, unicode: true));

    [Theory]
    [InlineData(int.MaxValue, "Epoch  1/20  100%  1719/1719  18.4k img/s  loss 0.1032  acc 0.9701  test loss 0.0611  test acc 0.9810  00:02")]
    [InlineData(79, "Epoch  1/20  loss 0.1032  acc 0.9701  test loss 0.0611  test acc 0.9810  00:02")]
    [InlineData(60, "Epoch  1/20  loss 0.1032  test loss 0.0611  test acc 0.9810")]
    [InlineData(30, "Epoch  1/20  test acc 0.9810")]
    public void A_finished_epoch_shows_what_fits(int columns, string expected) => Assert.Equal(expected, Line.Finished(Metrics(Elapsed, Tested), columns));

    [Fact]
    public void What_was_held_out_is_called_otherwise() => Assert.Equal(
        "Epoch  1/20  val acc 0.9810", (Line with { Judging = JudgingSet.Validation }).Finished(Metrics(Elapsed, Tested), 30));

    [Fact]
    public void Without_a_test_set_a_finished_epoch_has_no_test_scores() =>
        Assert.Equal("Epoch  1/20  100%  1719/1719  18.4k img/s  loss 0.1032  acc 0.9701  00:02", Line.Finished(Metrics(Elapsed, null), int.MaxValue));

    [Fact]
    public void A_comma_culture_changes_no_number()
    {
        var culture = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = { NumberDecimalSeparator = ",", NumberGroupSeparator = "." } };
        try
        {
            Assert.EndsWith("  18.4k img/s  loss 0.1032  acc 0.9701  00:02", Line.Finished(Metrics(Elapsed, null), int.MaxValue), StringComparison.Ordinal);
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Theory]
    [InlineData(0.009, "150 img/s  loss")]
    [InlineData(0.034, "150 img/s  waited 3%  loss")]
    public void Waiting_for_data_shows_from_a_percent_on(double share, string expected) => Assert.Contains(
        expected, new EpochLine(1, 1, 4).Running(1, SoFar, TimeSpan.FromSeconds(1), 150, share, 200, unicode: true), StringComparison.Ordinal);

    [Fact]
    public void A_resumed_epoch_counts_time_and_images_since_then() => Assert.Equal(
        "Epoch 1/1  ############               50%   50/100  100 img/s  loss 0.1032  acc 0.9701  eta 00:16",
        new EpochLine(1, 1, 100).Running(50, SoFar with { Images = 1600 }, TimeSpan.FromSeconds(1.6), 160, null, 120, unicode: false));

    [Fact]
    public void No_line_is_longer_than_the_terminal_is_wide_and_none_shows_NaN() =>
        Gen.Select(Gen.Int[1, 200], Gen.Int[1, 5000], Gen.Int[1, 5000], Gen.Double[0, 1e7], Gen.Bool).Sample((columns, done, batches, seconds, unicode) =>
        {
            var line = new EpochLine(7, 100, batches);
            var elapsed = TimeSpan.FromSeconds(seconds);
            string[] lines =
            [
                line.Running(Math.Min(done, batches), SoFar, elapsed, SoFar.Images, null, columns, unicode),
                line.Running(0, null, elapsed, 0, null, columns, unicode),
                line.Evaluating(columns, unicode),
                line.Finished(Metrics(elapsed, Tested), columns),
            ];
            return lines.All(text => text.Length <= columns && !text.Contains("NaN") && !text.Contains('∞') && !text.Contains('\n'));
        });

    private static EpochMetrics Metrics(TimeSpan elapsed, Scores? tested) =>
        new(1, SoFar.Loss, SoFar.Accuracy, tested?.Loss, tested?.Accuracy, elapsed.TotalSeconds, EpochLine.Throughput(SoFar.Images, elapsed));
}
