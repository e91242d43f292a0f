using CsCheck;
using ModelGen.Training;

namespace ModelGen.Tests.Training;

public sealed class LearningRateSearchTests
{
    [Fact]
    public void The_rate_grows_exponentially_from_the_first_to_the_last()
    {
        var result = Search(new LearningRateSearch(steps: 9, from: 1e-7, to: 10), _ => 1);

        Assert.Equal(9, result.Points.Count);
        Assert.All(result.Points.Select((point, i) => (point, i)), at => Assert.Equal(Math.Pow(10, at.i - 7), at.point.LearningRate, Math.Pow(10, at.i - 7) * 1e-12));
    }

    [Fact]
    public void The_loss_is_smoothed_by_a_moving_average_without_its_bias_to_zero()
    {
        var losses = new[] { 2.0, 4.0, 1.0 };
        var next = 0;
        var result = Search(new LearningRateSearch(steps: 3), _ => losses[next++]);

        // m = 0.98 m + 0.02 loss, over 1 - 0.98^n.
        Assert.Equal(2.0, result.Points[0].Smoothed, 1e-12);
        Assert.Equal(((0.98 * 0.02 * 2) + (0.02 * 4)) / (1 - 0.9604), result.Points[1].Smoothed, 1e-12);
        Assert.Equal(((0.9604 * 0.02 * 2) + (0.98 * 0.02 * 4) + (0.02 * 1)) / (1 - 0.941192), result.Points[2].Smoothed, 1e-12);
        Assert.Equal(losses, result.Points.Select(point => point.Loss));
    }

    [Fact]
    public void It_suggests_the_rate_where_the_smoothed_loss_falls_steepest()
    {
        var result = Search(new LearningRateSearch(), Valley);

        // By hand: over a tenth of the points behind the tenth.
        var smooth = result.Points.Select(point => point.Smoothed).ToArray();
        var steepest = Enumerable.Range(14, smooth.Length - 19).MinBy(i => smooth[i + 4] - smooth[i - 4]);
        Assert.InRange(smooth.Length - 11, 80, 99);
        Assert.Equal(result.Points[steepest].LearningRate, result.Suggestion);
        Assert.InRange(result.Suggestion!.Value, 1e-3, 0.1);
        Assert.Null(result.Reason);
    }

    [Fact]
    public void It_stops_when_the_smoothed_loss_is_four_times_the_best()
    {
        var result = Search(new LearningRateSearch(), Valley);

        Assert.InRange(result.Points.Count, 50, 99);
        var best = result.Points.SkipLast(1).Min(point => point.Smoothed);
        Assert.True(result.Points[^1].Smoothed > 4 * best);
        Assert.All(result.Points.SkipLast(1), point => Assert.True(point.Smoothed <= 4 * best));
    }

    [Fact]
    public void Noise_of_the_first_batches_is_not_taken_for_learning() => Gen.Int.Sample(seed =>
    {
        var random = new Random(seed);
        return Search(new LearningRateSearch(), rate => Valley(rate) + (0.2 * random.NextDouble())).Suggestion is > 3e-4 and < 1;
    }, iter: 200);

    [Fact]
    public void A_loss_that_rises_and_falls_again_is_not_taken_for_learning()
    {
        // It falls to 1.5 by a rate of 0.01, explodes to 6, and comes down steeply from there.
        var result = Search(new LearningRateSearch(), rate => rate < 1e-4 ? 2.5 : rate < 0.01 ? 1.5 : rate < 0.1 ? 6 : 2);

        Assert.InRange(result.Suggestion!.Value, 1e-4, 0.01);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_loss_that_is_not_a_number_ends_it_and_is_not_a_point(double loss)
    {
        var search = new LearningRateSearch();

        Assert.True(search.Add(1));
        Assert.False(search.Add(loss));
        Assert.Single(search.Complete().Points);
    }

    [Fact]
    public void A_loss_that_does_not_fall_suggests_nothing()
    {
        var result = Search(new LearningRateSearch(), rate => 2.3 + (0.01 * Math.Sin(1000 * rate)));

        Assert.Null(result.Suggestion);
        Assert.Equal(
            "The loss hardly falls after the first 10 steps: begin with a lower rate or take more steps, or look whether the network can learn at all.", result.Reason);
    }

    [Fact]
    public void Too_few_steps_suggest_nothing()
    {
        var result = Search(new LearningRateSearch(steps: 12), Valley);

        Assert.Null(result.Suggestion);
        Assert.Equal("12 steps are too few to see where the loss falls: take at least 13.", result.Reason);
        Assert.NotNull(Search(new LearningRateSearch(steps: 13, to: 0.1), Valley).Suggestion);
    }

    [Fact]
    public void A_loss_that_explodes_at_once_suggests_nothing()
    {
        var result = Search(new LearningRateSearch(steps: 20, from: 1, to: 1e9), rate => rate * rate);

        Assert.Null(result.Suggestion);
        Assert.StartsWith("The loss exploded after ", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Each_step_is_told_and_a_cancelled_search_ends()
    {
        using var stop = new CancellationTokenSource();
        var told = new Told();
        var search = new LearningRateSearch(progress: told, cancellation: stop.Token);

        Assert.False(search.HasBegun);
        Assert.True(search.Add(2));
        Assert.True(search.HasBegun);
        stop.Cancel();
        Assert.Throws<OperationCanceledException>(() => search.Add(2));
        Assert.Equal([new LearningRatePoint(1e-7, 2, 2)], told.Points);
    }

    [Theory]
    [InlineData(1, 1e-7, 10)]
    [InlineData(100, 0, 10)]
    [InlineData(100, 1e-300, 10)]
    [InlineData(100, double.NaN, 10)]
    [InlineData(100, 1, 1)]
    [InlineData(100, 1, double.PositiveInfinity)]
    public void A_range_that_is_none_is_refused(int steps, double from, double to) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new LearningRateSearch(steps, from, to));

    /// <summary>A loss that stays, falls between rates of 1e-3 and 1e-1, and explodes above 1.</summary>
    private static double Valley(double rate) => 0.5 + (2 / (1 + Math.Pow(rate / 0.01, 2))) + Math.Pow(rate, 4);

    private static LearningRateResult Search(LearningRateSearch search, Func<double, double> loss)
    {
        while (search.Add(loss(search.LearningRate)))
        {
        }

        return search.Complete();
    }

    private sealed class Told : IProgress<LearningRatePoint>
    {
        public List<LearningRatePoint> Points { get; } = [];

        public void Report(LearningRatePoint value) => Points.Add(value);
    }
}
