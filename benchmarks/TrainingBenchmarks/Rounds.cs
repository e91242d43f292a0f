namespace TrainingBenchmarks;

/// <summary>
/// Programs that take turns, because the speed of a shared machine changes more from minute to minute than two programs differ. Who comes first
/// rotates, so that none always follows the same pause. Only speeds of the same round are compared.
/// </summary>
internal static class Rounds
{
    /// <summary>Measures every program in every round.</summary>
    /// <param name="programs">How many there are.</param>
    /// <param name="rounds">Rounds that count, at least 1; round 0 comes before them and is discarded: it compiles, allocates and warms up.</param>
    /// <param name="measure">Measures a program in a round: its speed.</param>
    /// <returns>For each program its speed in each round.</returns>
    public static double[][] Interleave(int programs, int rounds, Func<int, int, double> measure)
    {
        double[][] speeds = [.. Enumerable.Range(0, programs).Select(_ => new double[rounds])];
        for (var round = 0; round <= rounds; round++)
        {
            for (var place = 0; place < programs; place++)
            {
                var program = (round + place) % programs;
                var speed = measure(program, round);
                if (round > 0)
                    speeds[program][round - 1] = speed;
            }
        }

        return speeds;
    }

    /// <summary>How much faster a program was than another, round by round.</summary>
    public static IEnumerable<double> Ratios(double[] speeds, double[] baseline) => speeds.Zip(baseline, (left, right) => left / right);
}
