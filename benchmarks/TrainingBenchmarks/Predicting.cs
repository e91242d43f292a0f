using System.Diagnostics;
using ModelGen;
using ModelGen.Data;
using ModelGen.Torch;
using static TorchSharp.torch;

namespace TrainingBenchmarks;

/// <summary>What one call of the generated predictor takes, against eager TorchSharp: bytes in, class and confidence out.</summary>
internal static class Predicting
{
    /// <summary>The largest difference of two confidences that passes in float32; 1e-6 is usual.</summary>
    private const double Tolerance = 1e-4;

    private const int TrainedSteps = 100;

    /// <summary>For every batch size and number of threads: checks that both predict the same, measures them and prints the result.</summary>
    /// <param name="options">The seed.</param>
    /// <param name="batchSizes">Images per call, each at least 1.</param>
    /// <param name="threads">Threads that libtorch computes with, each at least 1.</param>
    /// <param name="rounds">Rounds that count, at least 1.</param>
    /// <param name="images">Images per round, at least 1: with large batches fewer calls.</param>
    /// <param name="json">A file for the figures, or null.</param>
    public static void Run(ConvNet.Options options, int[] batchSizes, int[] threads, int rounds, int images, string? json)
    {
        ReleaseBuild.Require();
        using var workload = new Workload(Workload.Open(options, TrainedSteps * options.BatchSize, out _), options);
        var weights = TrainedWeights(workload);
        var rows = new List<Row>();
        foreach (var batchSize in batchSizes)
        {
            var pixels = Pixels(DrawnDigits.Draw(batchSize, options.Seed, ConvNet.Data.ImageShape, stream: 1));
            foreach (var count in threads)
            {
                set_num_threads(count);
                var calls = Math.Max(images / batchSize, 1);
                Console.WriteLine($"\nBatch {batchSize}, threads {count}, {rounds} rounds of {calls} calls; drawn digits");
                var lines = Measure(weights, pixels, rounds, calls);
                Report.Print("us/call", lines[^1].Program, lines);
                rows.AddRange(lines.Select(line => new Row(line.Program, batchSize, count, rounds, line.Value, line.Ratio.Median)));
            }
        }

        Report.Write(json, rows);
    }

    private static Line[] Measure(string weights, byte[] pixels, int rounds, int calls)
    {
        using var generated = ConvNet.Predictor.Load(weights, "cpu");
        var net = new HandWrittenNet();
        Weights.Load(net, weights);
        using var handWritten = new HandWrittenPredictor(net);
        Check([.. generated.Predict(pixels).Select(prediction => (prediction.Label, prediction.Confidence))], handWritten.Predict(pixels));

        (string Name, Action Call)[] programs = [("generated", () => generated.Predict(pixels)), ("hand-written", () => handWritten.Predict(pixels))];
        var speeds = Rounds.Interleave(programs.Length, rounds, (program, _) =>
        {
            var start = Stopwatch.GetTimestamp();
            for (var call = 0; call < calls; call++)
                programs[program].Call();
            return calls / Stopwatch.GetElapsedTime(start).TotalSeconds;
        });
        return
        [
            .. programs.Zip(speeds, (program, speed) => new Line(
                program.Name, Spread.Of(speed.Select(perSecond => 1e6 / perSecond)), Spread.Of(Rounds.Ratios(speed, speeds[^1])))),
        ];
    }

    private static void Check((int Label, float Confidence)[] predictions, (int Label, float Confidence)[] expected)
    {
        if (!predictions.Select(prediction => prediction.Label).SequenceEqual(expected.Select(prediction => prediction.Label)))
            throw new ModelGenException("The programs don't do the same work: they predict other classes.");
        var largest = predictions.Zip(expected, (left, right) => Math.Abs(left.Confidence - right.Confidence)).Max();
        if (!(largest <= Tolerance))
            throw new ModelGenException($"The programs don't do the same work: their confidences differ by {largest:0.0e+0}, more than {Tolerance:0.0e+0}.");
        Console.WriteLine($"Same work: equal classes, and the confidences differ by at most {largest:0.0e+0} ({Tolerance:0.0e+0} passes)");
    }

    /// <summary>Trains a little, so that the running means of batch norm and the confidences are not those of a new network.</summary>
    private static string TrainedWeights(Workload workload)
    {
        using var model = workload.Initial(new ConvNet());
        using var trainer = new ConvNet.Trainer(model, workload.Options);
        using var data = new ConvNet.Data(workload.Images, workload.Options, trainer.Device);
        trainer.TrainEpoch(data, epoch: 1);
        var path = Path.Combine(workload.Folder, "trained.pth");
        Weights.Save(model, path);
        return path;
    }

    private static byte[] Pixels(ImageSet images) => [.. Enumerable.Range(0, images.Count).SelectMany(image => images.Pixels(image).ToArray())];

    /// <summary>One program's predictions in the file.</summary>
    /// <param name="Program">Which.</param>
    /// <param name="Batch">Images per call.</param>
    /// <param name="Threads">Threads that libtorch computed with.</param>
    /// <param name="Rounds">The rounds that count.</param>
    /// <param name="MicrosecondsPerCall">Over the rounds.</param>
    /// <param name="RatioToHandwritten">The median of the hand-written program's time over its own, in the same round: above 1 is faster.</param>
    private sealed record Row(string Program, int Batch, int Threads, int Rounds, Spread MicrosecondsPerCall, double RatioToHandwritten);
}
