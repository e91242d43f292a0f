namespace ModelGen.Training;

/// <summary>What the sums that both backends keep of predicted numbers come to.</summary>
internal static class RegressionScores
{
    /// <param name="scores">How the network did otherwise.</param>
    /// <param name="sums">Four for each target: the absolute errors of all, their squared errors, the targets' means, and their squared distances from those.</param>
    public static Scores With(Scores scores, ReadOnlySpan<double> sums)
    {
        var targets = sums.Length / 4;
        var (absolute, squared, spread) = (sums[..targets].ToArray(), sums[targets..(2 * targets)].ToArray(), sums[(3 * targets)..].ToArray());
        var values = (double)scores.Images * targets;
        return scores with { Mae = absolute.Sum() / values, Rmse = Math.Sqrt(squared.Sum() / values), R2 = squared.Zip(spread, R2).Average() };
    }

    private static double R2(double squared, double spread) => spread == 0 ? (squared == 0 ? 1 : 0) : 1 - (squared / spread);
}
