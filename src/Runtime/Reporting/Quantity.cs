using System.Globalization;

namespace ModelGen.Reporting;

/// <summary>Numbers, and numbers of things, as people read them, the same in every culture.</summary>
internal static class Quantity
{
    // A deep network has hundreds of tensors, and a damaged file any number: a sentence must still come to what to do.
    private const int MostListed = 10;

    /// <summary>A loss or a share, four decimals: <c>0.1032</c>.</summary>
    public static string Score(double value) => value.ToString("F4", CultureInfo.InvariantCulture);

    /// <summary>A count with thousands set apart: <c>29,034</c>.</summary>
    public static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>So many of something: <c>1 class</c>, <c>2 classes</c>.</summary>
    public static string Counted(int count, string word) => FormattableString.Invariant($"{count} {word}{(count == 1 ? "" : word.EndsWith('s') ? "es" : "s")}");

    /// <summary>Things one after the other, of many the first: <c>a, b, c and 3 more</c>.</summary>
    public static string Listed(IEnumerable<string> things)
    {
        var all = things.ToList();
        return string.Join(", ", all.Take(MostListed)) + (all.Count > MostListed ? FormattableString.Invariant($" and {Count(all.Count - MostListed)} more") : "");
    }

    /// <summary>Images per second to three digits: <c>950</c>, <c>18.4k</c>, <c>1.20M</c>.</summary>
    public static string Rate(double perSecond)
    {
        var unit = 0;
        // 999.5 already rounds to four digits.
        for (; perSecond >= 999.5 && unit < 3; unit++)
            perSecond /= 1000;
        var format = perSecond >= 99.95 ? "F0" : perSecond >= 9.995 ? "F1" : "F2";
        return perSecond.ToString(format, CultureInfo.InvariantCulture) + (unit == 0 ? "" : "kMG"[unit - 1].ToString());
    }

    /// <summary>A time to the nearest second: <c>00:03</c>, and <c>1:02:03</c> from an hour on.</summary>
    public static string Clock(TimeSpan time)
    {
        var seconds = (long)Math.Round(time.TotalSeconds, MidpointRounding.AwayFromZero);
        var (hours, minutes) = (seconds / 3600, seconds / 60 % 60);
        return hours == 0
            ? FormattableString.Invariant($"{minutes:00}:{seconds % 60:00}")
            : FormattableString.Invariant($"{hours}:{minutes:00}:{seconds % 60:00}");
    }
}
