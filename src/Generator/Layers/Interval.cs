using System.Globalization;

namespace ModelGen.Layers;

/// <summary>The numbers that a parameter takes. The ends belong to it, unless it is open, or below its upper end.</summary>
internal sealed record Interval(double Min, double Max, bool IsOpen = false, bool IsBelowMax = false)
{
    /// <summary>Every number but infinities and NaN.</summary>
    public static readonly Interval Finite = new(double.MinValue, double.MaxValue);

    public static Interval Whole(long min, long max = int.MaxValue) => new(min, max);

    /// <summary>Whether the lower end says something to people.</summary>
    public bool HasMin => Min > int.MinValue;

    /// <summary>Whether the upper end says something to people, rather than that sizes are 32-bit numbers.</summary>
    public bool HasMax => Max < int.MaxValue;

    public bool Contains(double value) => IsOpen ? value > Min && value < Max : value >= Min && (IsBelowMax ? value < Max : value <= Max);

    /// <summary>Behind "a number": <c> of at least 1</c>, <c> from 0 to 1</c>, <c> above 0</c>; nothing when any will do.</summary>
    public override string ToString() => (HasMax, IsOpen) switch
    {
        (false, true) => $" above {Text(Min)}",
        (false, false) => HasMin ? $" of at least {Text(Min)}" : "",
        (true, true) => $" above {Text(Min)} and below {Text(Max)}",
        (true, false) => $" from {Text(Min)} to {(IsBelowMax ? "below " : "")}{Text(Max)}",
    };

    private static string Text(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
