namespace TrainingBenchmarks;

/// <summary>Programs that train in turns, after it was seen that they do the same work.</summary>
internal static class Contest
{
    /// <summary>Measures them, prints a table, and gives its lines.</summary>
    /// <param name="workload">What they train on; a round is one epoch of it.</param>
    /// <param name="loops">The programs.</param>
    /// <param name="rounds">Rounds that count, at least 1.</param>
    /// <param name="baseline">The program whose speed the others' are divided by, of the same round.</param>
    /// <exception cref="ModelGen.ModelGenException">They do not do the same work.</exception>
    public static Line[] Run(Workload workload, IReadOnlyList<ITrainingLoop> loops, int rounds, string baseline)
    {
        SameWork.CheckStart(loops);
        string[] names = [.. loops.Select(loop => loop.Name)];
        var losses = new double[loops.Count];
        var speeds = Rounds.Interleave(loops.Count, rounds, (loop, round) =>
        {
            var trained = loops[loop].TrainEpoch(round);
            losses[loop] = trained.Loss;
            return workload.Images.Count / trained.Seconds;
        });
        SameWork.CheckEnd(names, losses);

        var peer = speeds[Array.IndexOf(names, baseline)];
        Line[] lines = [.. names.Zip(speeds, (name, speed) => new Line(name, Spread.Of(speed), Spread.Of(Rounds.Ratios(speed, peer))))];
        Report.Print("img/s", baseline, lines);
        return lines;
    }
}
