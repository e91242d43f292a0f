using System.Globalization;

namespace ModelGen.Reporting.Report;

/// <summary>Round numbers along an axis: multiples of 1, 2 or 5 times a power of ten (Heckbert's "Nice Numbers for Graph Labels", Graphics Gems, 1990).</summary>
/// <param name="First">The lowest, in steps.</param>
/// <param name="Count">How many, at least 2.</param>
/// <param name="Step">The distance of two, above 0.</param>
internal readonly record struct Ticks(long First, int Count, double Step)
{
    /// <summary>The lowest.</summary>
    public double Low => First * Step;

    /// <summary>The highest.</summary>
    public double High => (First + Count - 1) * Step;

    /// <summary>All of them, from the lowest.</summary>
    public IEnumerable<double> Values
    {
        get
        {
            var (first, step) = (First, Step);
            return Enumerable.Range(0, Count).Select(i => (first + i) * step);
        }
    }

    /// <summary>Ticks from at most <paramref name="low"/> to at least <paramref name="high"/>.</summary>
    /// <param name="low">The lowest value, finite.</param>
    /// <param name="high">The highest value, finite and at least <paramref name="low"/>.</param>
    /// <param name="about">How many steps to take, about; at least 1.</param>
    public static Ticks Around(double low, double high, int about)
    {
        // Values that are all equal lie in the middle; so do those that differ by less than a double can divide.
        var least = Math.Max(Math.Abs(low), Math.Abs(high)) * 1e-9;
        if (high - low <= least)
            (low, high) = low == 0 ? (0, 1) : (low - (Math.Abs(low) / 2), high + (Math.Abs(high) / 2));

        var step = Nice((high - low) / about);
        // What was computed may miss a tick by its last digit.
        var (first, last) = ((long)Math.Floor((low / step) + 1e-9), (long)Math.Ceiling((high / step) - 1e-9));
        return new Ticks(first, (int)Math.Max(2, last - first + 1), step);
    }

    /// <summary>Ticks at whole numbers between two, which need not be ticks themselves.</summary>
    /// <param name="low">The lowest number.</param>
    /// <param name="high">The highest number.</param>
    /// <param name="about">How many steps to take, about; at least 1.</param>
    public static IEnumerable<double> Within(double low, double high, int about)
    {
        var step = Math.Max(1, Nice((high - low) / about));
        for (var tick = Math.Ceiling(low / step); tick * step <= high; tick++)
            yield return tick * step;
    }

    /// <summary>A tick's number with as many decimals as the step needs: <c>0.25</c>, and <c>2e-5</c> where that is shorter.</summary>
    public string Text(double value)
    {
        if (Math.Abs(value) < Step / 2)
            return "0";
        var decimals = Decimals(Step);
        return decimals > 4 || Math.Abs(value) >= 1e6
            ? value.ToString("0.##e0", CultureInfo.InvariantCulture)
            : value.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
    }

    /// <summary>A tick's share as a percentage: <c>97.5%</c>.</summary>
    public string Percent(double value) =>
        (value * 100).ToString("F" + Decimals(Step * 100).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) + "%";

    // A digit behind the point for each power of ten below 1.
    private static int Decimals(double step) => (int)Math.Max(0, -Math.Floor(Math.Log10(step) + 1e-9));

    private static double Nice(double step)
    {
        if (!(step > 0))
            return 1;
        var power = Math.Pow(10, Math.Floor(Math.Log10(step)));
        return power * ((step / power) switch { <= 1 => 1, <= 2 => 2, <= 5 => 5, _ => 10 });
    }
}
