namespace ModelGen.Reporting.Report;

/// <summary>
/// Curves over epochs. The plot is SVG that stretches to the place it is given, with strokes that do not; its labels are text beside it, so
/// that they have one size on a phone and on a screen.
/// </summary>
internal sealed record Chart
{
    // The SVG's own units, whatever size it is shown in.
    private const double Side = 1000;

    // More points than a screen has pixels for only make the file large.
    private const int MostPoints = 500;

    /// <summary>What is drawn, such as <c>Loss</c>.</summary>
    public required string Title { get; init; }

    /// <summary>The curves, the most important last: it is drawn over the others.</summary>
    public required IReadOnlyList<Curve> Curves { get; init; }

    /// <summary>The axis for values between the lowest and the highest.</summary>
    public required Func<double, double, Axis> Values { get; init; }

    /// <summary>A place to mark, such as the best epoch.</summary>
    public int? Marked { get; init; }

    /// <summary>The chart as a figure; at least one curve has a point.</summary>
    public Html Draw()
    {
        var points = Curves.SelectMany(curve => curve.Points).ToList();
        var axis = Values(points.Min(point => point.Y), points.Max(point => point.Y));
        var plot = new Plot(points.Min(point => point.X), points.Max(point => point.X), axis);
        var thinned = Curves.Select(curve => curve.Thinned(MostPoints)).ToList();
        return Html.Of($"""
            <figure class="chart">
            <figcaption><h3>{Title}</h3><ul class="legend">{Html.ForEach(Curves, curve => Html.Of($"<li class=\"{curve.Style}\">{curve.Name}</li>"))}</ul></figcaption>
            <div class="plot">
            <svg viewBox="0 0 {Side} {Side}" preserveAspectRatio="none" role="img" aria-label="{Title} by epoch">
            {Html.ForEach(axis.Ticks, tick => Html.Of($"<path class=\"grid\" d=\"M0 {plot.Y(tick.Value)}H{Side}\"/>"))}
            {Html.ForEach(thinned, curve => Line(curve, plot))}{Html.ForEach(Curves, curve => Dots(curve, plot))}
            {Spots(thinned, plot)}
            </svg>
            {Html.ForEach(axis.Ticks, tick => Html.Of($"<span class=\"y\" style=\"top:{plot.Y(tick.Value) / 10:0.##}%\">{tick.Label}</span>"))}
            {Html.ForEach(Ticks.Within(plot.Left, plot.Right, 5), value => Html.Of($"<span class=\"x\" style=\"left:{plot.X(value) / 10:0.##}%\">{value:N0}</span>"))}
            </div>
            <p class="unit">epoch</p>
            </figure>

            """);
    }

    private static Html Line(Curve curve, Plot plot)
    {
        var path = string.Concat(curve.Points.Select((point, i) => FormattableString.Invariant($"{(i == 0 ? 'M' : 'L')}{plot.X(point.X)} {plot.Y(point.Y)}")));
        return Html.Of($"<path class=\"line {curve.Style}\" d=\"{path}\"/>");
    }

    /// <summary>A dot is a stroke without length, so that it stays round in a stretched drawing. A curve of one point is nothing else.</summary>
    private Html Dots(Curve curve, Plot plot) => Html.ForEach(
        curve.Points.Where(point => curve.Points.Count == 1 || (point.X == Marked && curve.Style == Curve.Accent)),
        point => Html.Of($"<path class=\"dot {curve.Style}\" d=\"M{plot.X(point.X)} {plot.Y(point.Y)}h.01\"/>"));

    /// <summary>For each place on the axis a strip that shows its values while a pointer is over it.</summary>
    private Html Spots(List<Curve> curves, Plot plot)
    {
        var places = curves.SelectMany(curve => curve.Points.Select(point => (point.X, Text: $"\n{curve.Name} {plot.Axis.Text(point.Y)}")))
            .GroupBy(point => point.X, point => point.Text).OrderBy(place => place.Key).ToList();
        return Html.ForEach(Enumerable.Range(0, places.Count), i =>
        {
            var at = plot.X(places[i].Key);
            var from = i == 0 ? 0 : (plot.X(places[i - 1].Key) + at) / 2;
            var to = i == places.Count - 1 ? Side : (at + plot.X(places[i + 1].Key)) / 2;
            var title = FormattableString.Invariant($"epoch {places[i].Key:N0}{(places[i].Key == Marked ? ", the best" : "")}{string.Concat(places[i])}");
            return Html.Of($"<g class=\"spot\"><rect x=\"{from:0.##}\" width=\"{to - from:0.##}\" height=\"{Side}\"/><path d=\"M{at} 0V{Side}\"/><title>{title}</title></g>");
        });
    }

    /// <summary>Where points lie in the drawing, to a tenth of a unit.</summary>
    private sealed record Plot(double Left, double Right, Axis Axis)
    {
        public double X(double value) => Math.Round(Right > Left ? (value - Left) / (Right - Left) * Side : Side / 2, 1);

        public double Y(double value) => Math.Round((1 - Axis.Place(value)) * Side, 1);
    }
}
