using System.Diagnostics;
using System.Text.Json;
using ModelGen;
using ModelGen.Data;
using ModelGen.Torch;

namespace TrainingBenchmarks;

/// <summary>
/// Images per second of the generated trainer against the hand-written loop: interleaved rounds in one process, because the speed
/// of a shared machine changes more from minute to minute than two programs differ. Only the ratio within a round is compared.
/// </summary>
internal static class Throughput
{
    private const int CheckedSteps = 10;

    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    /// <summary>Checks that the programs do the same work, measures them and prints the result.</summary>
    /// <param name="options">The data, the batch size, the threads and the seed.</param>
    /// <param name="rounds">Rounds that count, at least 1; one before them is discarded.</param>
    /// <param name="steps">Optimisation steps per round, at least 1.</param>
    /// <param name="json">A file for the figures, or null.</param>
    public static void Run(ConvNet.Options options, int rounds, int steps, string? json)
    {
        if (typeof(Weights).Assembly.GetCustomAttributes(typeof(DebuggableAttribute), false) is [DebuggableAttribute { IsJITOptimizerDisabled: true }])
            throw new ModelGenException("This is a debug build, whose speed says nothing: run it with -c Release.");

        LibTorch.Configure(options.Threads, options.Seed);
        var data = Open(options, steps);
        using var generated = new GeneratedLoop(data.Train, options);
        using var handWritten = new HandWrittenLoop(data.Train, options, generated.Model);
        using var again = new HandWrittenLoop(data.Train, options, generated.Model);
        ITrainingLoop[] loops = [generated, handWritten, again];
        Console.WriteLine($"{data.Description}; batch {options.BatchSize}, {TorchDevice.Describe(new(TorchSharp.DeviceType.CPU))}, {rounds} rounds of {steps} steps");

        var difference = CheckSameStart(loops);
        var results = Measure(loops, rounds, data.Train.Count, out var losses);
        CheckSameEnd(losses);
        Console.WriteLine($"Same work: the first {CheckedSteps} losses differ by at most {difference:0.0e+0}; mean losses of the last round: {string.Join(", ", losses.Select(loss => $"{loss:F4}"))}");

        var baseline = results[1];
        Row[] rows =
        [
            new("generated", Spread.Of(results[0]), Spread.Of(Ratios(results[0], baseline))),
            new("hand-written", Spread.Of(baseline), Spread.Of(Ratios(baseline, baseline))),
            new("hand-written again (A/A)", Spread.Of(results[2]), Spread.Of(Ratios(results[2], baseline))),
        ];
        Print(rows);
        if (json is not null)
            File.WriteAllText(json, JsonSerializer.Serialize(new { options.BatchSize, options.Threads, options.Workers, rounds, steps, data.Description, rows }, Json) + "\n");
    }

    /// <summary>As many images as a round shows, so that a round is one epoch of the real trainer.</summary>
    private static ImageData Open(ConvNet.Options options, int steps)
    {
        var images = checked(steps * options.BatchSize);
        var data = ImageData.Open(options with { Limit = images }, ConvNet.Data.ImageShape, classes: 10);
        return data.Train.Count == images
            ? data
            : throw new ModelGenException($"{steps} steps with batches of {options.BatchSize} need {images} images, but the data has {data.Train.Count}: use fewer steps or smaller batches.");
    }

    private static double CheckSameStart(ITrainingLoop[] loops)
    {
        double[][] losses = [.. loops.Select(loop => loop.Losses().Take(CheckedSteps).ToArray())];
        var largest = losses[1..].SelectMany(other => other.Zip(losses[0], (left, right) => Math.Abs(left - right))).Max();
        return largest <= 1e-4 ? largest : throw new ModelGenException($"The programs don't do the same work: one of their first {CheckedSteps} losses differs by {largest:0.0e+0}.");
    }

    private static void CheckSameEnd(double[] losses)
    {
        // After hundreds of steps the roundings of other summation orders have grown, so this only tells that all learnt as well.
        if (!(losses.Max() - losses.Min() <= 0.01 + 0.1 * losses.Min()))
            throw new ModelGenException($"The programs don't do the same work: the mean losses of the last round are {string.Join(", ", losses)}.");
    }

    /// <returns>For each loop its images per second in each round.</returns>
    private static double[][] Measure(ITrainingLoop[] loops, int rounds, int images, out double[] losses)
    {
        var speeds = Array.ConvertAll(loops, _ => new double[rounds]);
        losses = new double[loops.Length];
        for (var round = 0; round <= rounds; round++)
        {
            for (var place = 0; place < loops.Length; place++)
            {
                var loop = (round + place) % loops.Length;
                var start = Stopwatch.GetTimestamp();
                losses[loop] = loops[loop].TrainEpoch(round).Loss;
                var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
                if (round > 0)
                    speeds[loop][round - 1] = images / seconds;
            }
        }

        return speeds;
    }

    private static IEnumerable<double> Ratios(double[] speeds, double[] baseline) => speeds.Zip(baseline, (left, right) => left / right);

    private static void Print(Row[] rows)
    {
        Console.WriteLine($"{"",-26}{"img/s",8}{"min",8}{"max",8}{"ratio",10}{"min",8}{"max",8}");
        foreach (var (program, speed, ratio) in rows)
            Console.WriteLine($"{program,-26}{speed.Median,8:F0}{speed.Min,8:F0}{speed.Max,8:F0}{ratio.Median,10:F2}{ratio.Min,8:F2}{ratio.Max,8:F2}");
    }

    /// <summary>One program's figures.</summary>
    /// <param name="Program">Which.</param>
    /// <param name="ImagesPerSecond">Over the rounds.</param>
    /// <param name="Ratio">To the hand-written loop's images per second in the same round.</param>
    private sealed record Row(string Program, Spread ImagesPerSecond, Spread Ratio);
}
