using ModelGen.Training;

namespace ModelGen.Tests.Training;

/// <summary>Which epoch is the best, and when a run stops because none becomes better.</summary>
public sealed class EpochJudgeTests : IDisposable
{
    private static readonly Scores Trained = new(0.7, 0.5, 64);

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(MonitoredScore.Accuracy, 2)]
    [InlineData(MonitoredScore.Loss, 3)]
    public void The_best_epoch_is_told_by_the_score_that_the_spec_names(MonitoredScore monitor, int best) =>
        Assert.Equal(best, new EpochJudge(monitor, 0).Best([Epoch(1, 0.5, 0.75), Epoch(2, 0.5, 0.875), Epoch(3, 0.25, 0.875)])!.Epoch);

    [Fact]
    public void Without_tests_no_epoch_is_the_best() => Assert.Null(new EpochJudge(MonitoredScore.Loss, 0).Best([new(1, 0.5, 0.5, null, null, 1, null)]));

    [Theory]
    [InlineData(0, 2)]
    [InlineData(0.1, 3)]
    [InlineData(0.5, 4)]
    public void An_improvement_is_more_than_the_spec_asks_for(double minDelta, int since) => Assert.Equal(
        since, new EpochJudge(MonitoredScore.Loss, minDelta).EpochsSinceImprovement([Epoch(1, 0.9, 0), Epoch(2, 0.6, 0), Epoch(3, 0.55, 0), Epoch(4, 0.55, 0), Epoch(5, 0.7, 0)]));

    [Fact]
    public void A_run_stops_when_its_patience_is_at_its_end()
    {
        var test = new TestRun(new TestOptions { Out = _folder["out"] });
        var run = test.Start(setup => setup with { Patience = 2 });
        double[] accuracies = [0.5, 0.75, 0.75, 0.625];
        foreach (var accuracy in accuracies)
            run.NextEpoch(new TestBatches(1))!.Complete(Trained, new Scores(0.5, accuracy, 10));

        Assert.Null(run.NextEpoch(new TestBatches(1)));
        Assert.Equal((4, 2), (run.Complete().Epochs.Count, run.Complete().BestEpoch!.Epoch));
        Assert.Contains("\nNote: Stopped early: for 2 epochs the test accuracy has not become better.\n", test.Terminal.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void A_resumed_run_has_no_more_patience_than_the_first()
    {
        var test = new TestRun(new TestOptions { Out = _folder["out"] });
        var run = test.Start(setup => setup with { Patience = 1 });
        run.NextEpoch(new TestBatches(1))!.Complete(Trained, new Scores(0.5, 0.5, 10));
        run.NextEpoch(new TestBatches(1))!.Complete(Trained, new Scores(0.5, 0.5, 10));

        var resumed = new TestRun(new TestOptions { Out = _folder["out"], Resume = true }).Start(setup => setup with { Patience = 1 });
        Assert.Null(resumed.NextEpoch(new TestBatches(1)));
    }

    [Fact]
    public void Patience_needs_something_to_judge_by()
    {
        var test = new TestRun(new TestOptions { Out = _folder["out"] });

        var error = Assert.Throws<ModelGenException>(() => test.Start(setup => setup with { Patience = 2, Data = (ModelGen.Data.ImageData)setup.Data with { Test = null } }));

        Assert.Equal(
            "The spec stops early when the test scores no longer become better ('patience'), but there is no test data: name some with --test-data, or set 'validation_share'.",
            error.Message);
    }

    private static EpochMetrics Epoch(int number, double loss, double accuracy) => new(number, 1, 0.5, loss, accuracy, 1, null);
}
