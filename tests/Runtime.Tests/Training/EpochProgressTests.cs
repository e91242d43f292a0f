using ModelGen.Training;

namespace ModelGen.Tests.Training;

public sealed class EpochProgressTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void An_epoch_is_one_line_redrawn_in_place()
    {
        var (test, terminal) = Test(interactive: true);
        var run = test.Start();

        var epoch = run.NextEpoch(new TestBatches(4))!;
        Assert.Equal("Epoch  1/20                              0%  0/4", terminal.Screen[^1]);
        Advance(epoch, new Scores(0.5, 0.75, 32), times: 2);
        test.Time.Advance(2);
        Advance(epoch, new Scores(0.5, 0.75, 96));
        Assert.Equal("Epoch  1/20  ██████████████████         75%  3/4  48.0 img/s  loss 0.5000  acc 0.7500  eta 00:01", terminal.Screen[^1]);
        test.Time.Advance(1);
        epoch.Trained();
        Assert.Equal("Epoch  1/20  ████████████████████████  100%  4/4  evaluating", terminal.Screen[^1]);
        test.Time.Advance(5);
        epoch.Complete(new Scores(0.25, 0.875, 120), new Scores(0.125, 0.9375, 64));

        run.NextEpoch(new TestBatches(4));
        Assert.Equal(
            [
                "Epoch  1/20  100%  4/4  40.0 img/s  loss 0.2500  acc 0.8750  test loss 0.1250  test acc 0.9375  00:03",
                "Epoch  2/20                              0%  0/4",
            ],
            terminal.Screen[^2..]);
    }

    [Theory]
    [InlineData(false, true)]
    [InlineData(true, false)]
    public void Redirected_or_without_progress_an_epoch_is_one_plain_line(bool interactive, bool progress)
    {
        var (test, terminal) = Test(interactive, progress);
        var run = test.Start();
        var header = terminal.Out.Length;

        for (var number = 1; number <= 2; number++)
        {
            var epoch = run.NextEpoch(new TestBatches(4))!;
            test.Time.Advance(2);
            Advance(epoch, new Scores(0.5, 0.75, 32));
            epoch.Trained();
            epoch.Complete(new Scores(0.25, 0.875, 128), null);
        }

        Assert.Equal(
            "Epoch  1/20  100%  4/4  64.0 img/s  loss 0.2500  acc 0.8750  00:02\nEpoch  2/20  100%  4/4  64.0 img/s  loss 0.2500  acc 0.8750  00:02\n",
            terminal.Out[header..]);
    }

    [Fact]
    public void The_scores_are_read_ten_times_a_second()
    {
        var (test, _) = Test(interactive: true);
        var epoch = test.Start().NextEpoch(new TestBatches(1000))!;
        var scores = new CountedScores();
        for (var batch = 1; batch <= 1000; batch++)
        {
            test.Time.Advance(0.002);
            epoch.Advance(scores);
        }

        // And once after the first batch, to see whether its loss is a likely one.
        Assert.Equal(21, scores.Reads);
    }

    [Fact]
    public void A_window_made_narrower_is_followed_and_no_line_wraps()
    {
        var (test, terminal) = Test(interactive: true);
        var epoch = test.Start().NextEpoch(new TestBatches(4))!;
        test.Time.Advance(1);
        Advance(epoch, new Scores(0.5, 0.75, 32));
        var before = terminal.Out.Length;
        terminal.Width = 40;
        test.Time.Advance(1);
        Advance(epoch, new Scores(0.5, 0.75, 64));

        Assert.Equal("\rEpoch  1/20   50%  loss 0.5000".PadRight(40), terminal.Out[before..]);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_diverged_loss_stops_the_run_when_shown_and_when_complete(double loss)
    {
        var diverged = new Scores(loss, 0.1, 32);
        var fine = new Scores(0.5, 0.5, 32);
        var (test, _) = Test();
        var epoch = test.Start().NextEpoch(new TestBatches(4))!;
        test.Time.Advance(1);

        foreach (Action act in new Action[] { () => Advance(epoch, diverged), () => epoch.Complete(diverged, fine), () => epoch.Complete(fine, diverged) })
        {
            Assert.Equal(
                "Training diverged in epoch 1: the loss is no longer finite at learning rate 0.01: lower --learning-rate.",
                Assert.Throws<TrainingDivergedException>(act).Message);
        }

        test.End();
        Assert.Equal(["out", "out/run.json"], _folder.Entries);
    }

    [Theory]
    [InlineData(7.25, "The first loss is 7.25, but a network that knows nothing gives ln(2) = 0.69: look at the scale of the inputs and at the initial weights.")]
    [InlineData(0.01, "The first loss is 0.01, but a network that knows nothing gives ln(2) = 0.69: look at the scale of the inputs and at the initial weights.")]
    [InlineData(0.8, null)]
    public void A_first_loss_that_no_guess_would_have_is_spoken_of(double loss, string? note)
    {
        var (test, terminal) = Test();
        var epoch = test.Start().NextEpoch(new TestBatches(4))!;
        Advance(epoch, new Scores(loss, 0.5, 32), times: 2);

        Assert.Equal(note is null ? [] : [$"Note: {note}"], terminal.Screen.Where(line => line.StartsWith("Note", StringComparison.Ordinal)));
    }

    [Fact]
    public void Parameters_without_a_gradient_are_spoken_of()
    {
        var terminal = new RecordingTerminal();
        var test = new TestRun(new TestOptions { Out = _folder["out"] }, terminal) { State = new TestState { Idle = ["fc.bias"] } };
        Advance(test.Start().NextEpoch(new TestBatches(4))!, new Scores(0.7, 0.5, 32));

        Assert.EndsWith(
            "\nNote: The parameter 'fc.bias' gets no gradient, so it does not learn: look whether the loss depends on its layer.\n", terminal.Out, StringComparison.Ordinal);
    }

    [Fact]
    public void More_batches_than_the_epoch_has_are_a_mistake()
    {
        var epoch = Test().Test.Start().NextEpoch(new TestBatches(4))!;
        Advance(epoch, new Scores(0.5, 0.5, 32), times: 4);

        Assert.Throws<InvalidOperationException>(() => Advance(epoch, new Scores(0.5, 0.5, 32)));
    }

    private static void Advance(EpochProgress epoch, Scores scores, int times = 1)
    {
        for (var i = 0; i < times; i++)
            epoch.Advance(new TestScores(scores));
    }

    private (TestRun Test, RecordingTerminal Terminal) Test(bool interactive = false, bool progress = true)
    {
        var terminal = new RecordingTerminal(interactive);
        return (new TestRun(new TestOptions { Out = _folder["out"], Progress = progress }, terminal), terminal);
    }

    private sealed class CountedScores : IRunningScores
    {
        public int Images => 32;

        public int Reads { get; private set; }

        public Scores Read()
        {
            Reads++;
            return new Scores(0.5, 0.5, 32);
        }
    }
}
