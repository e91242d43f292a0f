namespace TrainingBenchmarks;

/// <summary>What repeated measurements say: the median, the quartiles, the least and the greatest.</summary>
internal sealed record Spread(double Median, double Q25, double Q75, double Min, double Max)
{
    /// <summary>The spread of at least one value. Between two values it interpolates, as NumPy's <c>quantile</c> does by default.</summary>
    public static Spread Of(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        return new(Quantile(sorted, 0.5), Quantile(sorted, 0.25), Quantile(sorted, 0.75), sorted[0], sorted[^1]);
    }

    private static double Quantile(double[] sorted, double share)
    {
        var place = share * (sorted.Length - 1);
        var (below, above) = (sorted[(int)Math.Floor(place)], sorted[(int)Math.Ceiling(place)]);
        return below + ((above - below) * (place - Math.Floor(place)));
    }
}
