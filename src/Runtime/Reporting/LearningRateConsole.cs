using System.Globalization;
using ModelGen.Reporting.Report;
using ModelGen.Training;

namespace ModelGen.Reporting;

/// <summary>Shows a range test on a terminal: its step while it runs, and then the curve and what it shows.</summary>
/// <param name="terminal">Where it is shown.</param>
/// <param name="showsSteps">Whether a line may be redrawn for each step.</param>
/// <param name="steps">Steps at most.</param>
/// <param name="time">The clock: a step can be shorter than it takes a terminal to draw.</param>
internal sealed class LearningRateConsole(Terminal terminal, bool showsSteps, int steps, TimeProvider time) : IProgress<LearningRatePoint>
{
    private const int PlotWidth = 60;
    private const int PlotHeight = 8;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    private readonly LiveLine _line = new(terminal, terminal.Interactive && showsSteps);
    private int _step;
    private long? _drawn;

    /// <summary>Whether a step was taken: from here on the test ends by itself when it is asked to.</summary>
    public bool HasBegun => _step > 0;

    /// <inheritdoc/>
    public void Report(LearningRatePoint value)
    {
        _step++;
        if (_drawn is { } drawn && time.GetElapsedTime(drawn) < Pause)
            return;
        _drawn = time.GetTimestamp();
        var text = FormattableString.Invariant($"step {_step}/{steps}  lr {Numbers.Short(value.LearningRate)}  loss {Quantity.Score(value.Loss)}");
        _line.Draw(text.Length > _line.Columns ? text[.._line.Columns] : text);
    }

    /// <summary>Leaves the line of the last step as it is.</summary>
    public void Leave() => _line.Leave();

    /// <summary>Shows the curve, and the suggestion or why there is none.</summary>
    public void Show(string model, LearningRateResult result)
    {
        Leave();
        var points = result.Points;
        if (points.Count > 0)
        {
            var (rates, low, high) = (Axis.OfMagnitudes(points[0].LearningRate, points[^1].LearningRate), points.Min(point => point.Smoothed), result.Ceiling);
            var curve = points.Select(point => (rates.Place(point.LearningRate), high > low ? (point.Smoothed - low) / (high - low) : 0.5)).ToArray();
            var (first, last) = (Numbers.Short(points[0].LearningRate), Numbers.Short(points[^1].LearningRate));
            var (top, bottom) = (Quantity.Score(high), Quantity.Score(low));
            var margin = Math.Max(top.Length, bottom.Length);
            var width = Math.Clamp(terminal.Columns - margin - 2, first.Length + last.Length + 1, PlotWidth);
            _line.Finish($"{model}: the smoothed loss of {Quantity.Count(points.Count)} steps by learning rate");
            var rows = Plot.Draw(curve, width, PlotHeight, terminal.Unicode);
            for (var i = 0; i < rows.Count; i++)
                _line.Finish($"{(i == 0 ? top : i == rows.Count - 1 ? bottom : "").PadLeft(margin)}  {rows[i]}".TrimEnd());
            _line.Finish(new string(' ', margin + 2) + first + last.PadLeft(width - first.Length));
        }

        _line.Finish(result.Suggestion is { } rate
            ? $"The loss falls steepest at {Rounded(rate)}: try --learning-rate {Rounded(rate)}"
            : $"No suggestion. {result.Reason}");
    }

    /// <summary>To two digits: a finer one would only tell which of the test's rates it was.</summary>
    private static string Rounded(double rate) => Numbers.Short(double.Parse(rate.ToString("E1", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture));
}
