namespace ModelGen.Reporting.Report;

/// <summary>A line of a chart.</summary>
/// <param name="Name">What it shows.</param>
/// <param name="Style"><see cref="Accent"/> for the one that matters, <see cref="Quiet"/> for what it is compared with.</param>
/// <param name="Points">Its points from left to right, finite.</param>
internal sealed record Curve(string Name, string Style, IReadOnlyList<(double X, double Y)> Points)
{
    /// <summary>The style of the curve that matters.</summary>
    public const string Accent = "accent";

    /// <summary>The style of a curve that it is compared with.</summary>
    public const string Quiet = "quiet";

    /// <summary>The curve of those values that are there and finite.</summary>
    public static Curve Of<T>(string name, string style, IEnumerable<T> items, Func<T, double> x, Func<T, double?> y) =>
        new(name, style, [.. items.Where(item => y(item) is { } value && double.IsFinite(value)).Select(item => (x(item), y(item)!.Value))]);

    /// <summary>The curve with at most so many points, evenly spread; the first and the last stay.</summary>
    public Curve Thinned(int most) => Points.Count <= most
        ? this
        : this with { Points = [.. Enumerable.Range(0, most).Select(i => Points[(int)((long)i * (Points.Count - 1) / (most - 1))])] };
}
