using ModelGen.Training;

namespace ModelGen.Tests.Training;

public sealed class EpochProgressTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly ManualTime _time = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void An_epoch_is_one_line_redrawn_in_place()
    {
        var terminal = new RecordingTerminal(interactive: true);
        var run = Start(terminal);

        using (var epoch = run.BeginEpoch(1, 4))
        {
            Assert.Equal("Epoch  1/20                              0%  0/4", terminal.Screen[^1]);
            _time.Advance(2);
            epoch.Show(3, new Scores(0.5, 0.75, 96));
            Assert.Equal("Epoch  1/20  ██████████████████         75%  3/4  48.0 img/s  loss 0.5000  acc 0.7500  eta 00:01", terminal.Screen[^1]);
            _time.Advance(1);
            epoch.Trained();
            Assert.Equal("Epoch  1/20  ████████████████████████  100%  4/4  evaluating", terminal.Screen[^1]);
            _time.Advance(5);
            epoch.Complete(new Scores(0.25, 0.875, 120), new Scores(0.125, 0.9375, 64));
        }

        using var next = run.BeginEpoch(2, 4);
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
        var terminal = new RecordingTerminal(interactive);
        var run = Start(terminal, progress);
        var header = terminal.Out.Length;

        for (var number = 1; number <= 2; number++)
        {
            using var epoch = run.BeginEpoch(number, 4);
            _time.Advance(2);
            Assert.False(epoch.IsDue);
            epoch.Show(3, new Scores(0.5, 0.75, 96));
            epoch.Trained();
            epoch.Complete(new Scores(0.25, 0.875, 128), null);
        }

        Assert.Equal(
            "Epoch  1/20  100%  4/4  64.0 img/s  loss 0.2500  acc 0.8750  00:02\nEpoch  2/20  100%  4/4  64.0 img/s  loss 0.2500  acc 0.8750  00:02\n",
            terminal.Out[header..]);
    }

    [Fact]
    public void A_live_bar_is_due_ten_times_a_second()
    {
        using var epoch = Start(new RecordingTerminal(interactive: true)).BeginEpoch(1, 1000);
        var shown = 0;
        for (var batch = 1; batch <= 1000; batch++)
        {
            _time.Advance(0.002);
            if (!epoch.IsDue)
                continue;
            epoch.Show(batch, new Scores(0.5, 0.5, batch * 32));
            shown++;
        }

        Assert.Equal(20, shown);
    }

    [Fact]
    public void A_window_made_narrower_is_followed_and_no_line_wraps()
    {
        var terminal = new RecordingTerminal(interactive: true);
        using var epoch = Start(terminal).BeginEpoch(1, 4);
        _time.Advance(1);
        epoch.Show(1, new Scores(0.5, 0.75, 32));
        var before = terminal.Out.Length;
        terminal.Width = 40;
        epoch.Show(2, new Scores(0.5, 0.75, 64));

        Assert.Equal("\rEpoch  1/20   50%  loss 0.5000".PadRight(40), terminal.Out[before..]);
    }

    [Fact]
    public void An_epoch_given_up_leaves_the_next_words_a_line_of_their_own()
    {
        var terminal = new RecordingTerminal(interactive: true);
        using (Start(terminal).BeginEpoch(1, 4))
            Assert.DoesNotContain("0/4\n", terminal.Out, StringComparison.Ordinal);

        Assert.EndsWith("0/4\n", terminal.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_diverged_loss_stops_the_run_when_shown_and_when_complete(double loss)
    {
        var diverged = new Scores(loss, 0.1, 32);
        var fine = new Scores(0.5, 0.5, 32);
        using var epoch = Start(new RecordingTerminal()).BeginEpoch(3, 4);

        foreach (Action act in new Action[] { () => epoch.Show(1, diverged), () => epoch.Complete(diverged, fine), () => epoch.Complete(fine, diverged) })
        {
            Assert.Equal(
                "Training diverged in epoch 3: the loss is no longer finite at learning rate 0.01: lower --learning-rate.",
                Assert.Throws<ModelGenException>(act).Message);
        }

        Assert.Equal(["out"], _folder.Entries);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    public void A_batch_outside_of_the_epoch_is_a_mistake(int batch)
    {
        using var epoch = Start(new RecordingTerminal()).BeginEpoch(1, 4);

        Assert.Throws<ArgumentOutOfRangeException>(() => epoch.Show(batch, new Scores(0.5, 0.5, 32)));
    }

    private TrainingRun Start(RecordingTerminal terminal, bool progress = true) => TrainingRun.Start(
        new RunSetup("TestNet", 10, new TestOptions { Out = _folder["out"], Progress = progress }, "cpu", 128, 64, ["a", "b"], "drawn digits"), terminal.Terminal, _time);
}
