namespace ModelGen.Reporting.Report;

/// <summary>An axis of values: where it begins and ends, its ticks, and how its values read.</summary>
internal sealed class Axis
{
    // Over so many times the lowest value, a curve on an even scale lies on the ground.
    private const double WideSpan = 30;

    private static readonly int[] Digits = [1, 2, 5];

    private readonly double _low;
    private readonly double _high;
    private readonly bool _isLogarithmic;

    private Axis(double low, double high, bool isLogarithmic, Func<double, string> text, IEnumerable<(double Value, string Label)> ticks)
    {
        (_low, _high, _isLogarithmic, Text) = (low, high, isLogarithmic, text);
        Ticks = [.. ticks];
    }

    /// <summary>The ticks with their labels, from the lowest.</summary>
    public IReadOnlyList<(double Value, string Label)> Ticks { get; }

    /// <summary>A value as it reads, more exact than a tick.</summary>
    public Func<double, string> Text { get; }

    /// <summary>An axis of shares as percentages, within 0 and 100%.</summary>
    /// <param name="low">The lowest value, finite.</param>
    /// <param name="high">The highest value, finite.</param>
    public static Axis OfShares(double low, double high)
    {
        var ticks = Report.Ticks.Around(low, high, 4);
        var inside = ticks.Values.Where(value => value is > -1e-9 and < 1 + 1e-9);
        return new Axis(Math.Max(0, ticks.Low), Math.Min(1, ticks.High), false, Numbers.Percent, inside.Select(value => (value, ticks.Percent(value))));
    }

    /// <summary>An axis from 0, or from below where there are negative values.</summary>
    /// <param name="low">The lowest value, finite.</param>
    /// <param name="high">The highest value, finite.</param>
    public static Axis FromZero(double low, double high)
    {
        var ticks = Report.Ticks.Around(Math.Min(0, low), Math.Max(0, high), 4);
        return new Axis(ticks.Low, ticks.High, false, Numbers.Short, ticks.Values.Select(value => (value, ticks.Text(value))));
    }

    /// <summary>An axis from 0; a logarithmic one for values above 0 that span orders of magnitude, as a loss does that falls over many epochs.</summary>
    /// <param name="low">The lowest value, finite.</param>
    /// <param name="high">The highest value, finite.</param>
    public static Axis OfMagnitudes(double low, double high)
    {
        if (low <= 0 || high / low < WideSpan)
            return FromZero(low, high);
        // In tens: 1, 2 and 5 of each, or of more than two only every, every second, ... power.
        var (first, last) = ((int)Math.Floor(Math.Log10(low)), (int)Math.Ceiling(Math.Log10(high)));
        var isShort = last - first <= 3;
        var powers = Enumerable.Range(first, last - first + 1).Where(power => (power - first) % (1 + ((last - first) / 8)) == 0);
        var values = powers.SelectMany(power => Digits[..(isShort ? 3 : 1)], (power, digit) => digit * Math.Pow(10, power)).ToList();
        var bottom = values.LastOrDefault(value => value <= low, values[0]);
        var top = values.FirstOrDefault(value => value >= high, Math.Pow(10, last));
        return new Axis(bottom, top, true, Numbers.Short, values.Where(value => value >= bottom && value <= top).Select(value => (value, Numbers.Short(value))));
    }

    /// <summary>Where a value lies: 0 at the axis' beginning to 1 at its end.</summary>
    public double Place(double value) => _isLogarithmic
        ? Math.Log(value / _low) / Math.Log(_high / _low)
        : (value - _low) / (_high - _low);
}
