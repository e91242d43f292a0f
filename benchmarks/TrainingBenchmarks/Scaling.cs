using System.Diagnostics;
using ModelGen.Data;

namespace TrainingBenchmarks;

/// <summary>
/// What more threads bring the network in plain C#: it alone, in a process without libtorch, whose own threads would be some of those that the machine runs.
/// </summary>
internal static class Scaling
{
    /// <summary>Trains with each number of threads in turns, measures and prints the result.</summary>
    /// <param name="options">The batch size and the seed.</param>
    /// <param name="threads">Numbers of threads; the others are compared with the first.</param>
    /// <param name="rounds">Rounds that count, at least 1.</param>
    /// <param name="steps">Optimisation steps per round, at least 1.</param>
    public static void Run(ConvNet.Options options, int[] threads, int rounds, int steps)
    {
        ReleaseBuild.Require();
        var images = DrawnDigits.Draw(checked(steps * options.BatchSize), options.Seed, CSharpConvNet.Data.ImageShape);
        Console.WriteLine($"Batch {options.BatchSize}, {rounds} rounds of {steps} steps; {images.Count:N0} drawn digits (seed {options.Seed})");
        CSharpConvNet.Options[] all = [.. threads.Select(count => new CSharpConvNet.Options { BatchSize = options.BatchSize, Seed = options.Seed, Threads = count })];
        var trainers = all.Select(own => new CSharpConvNet.Trainer(new CSharpConvNet(own.Seed), own)).ToArray();
        try
        {
            var data = all.Select(own => new CSharpConvNet.Data(images, own)).ToArray();
            var losses = new double[threads.Length];
            var speeds = Rounds.Interleave(threads.Length, rounds, (program, round) =>
            {
                var start = Stopwatch.GetTimestamp();
                losses[program] = trainers[program].TrainEpoch(data[program], round).Loss;
                return images.Count / Stopwatch.GetElapsedTime(start).TotalSeconds;
            });
            string[] names = [.. threads.Select(count => $"{count} thread{(count == 1 ? "" : "s")}")];
            SameWork.CheckEnd(names, losses);
            Report.Print("img/s", names[0], names.Zip(speeds, (name, speed) => new Line(name, Spread.Of(speed), Spread.Of(Rounds.Ratios(speed, speeds[0])))));
        }
        finally
        {
            foreach (var trainer in trainers)
                trainer.Dispose();
        }
    }
}
