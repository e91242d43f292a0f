using System.Diagnostics;
using ModelGen;
using ModelGen.Data;
using ModelGen.Training;

namespace TrainingBenchmarks;

/// <summary>
/// The time from a folder of JPEG files to a test accuracy, with tests and all that a run writes: the generated program against the seed's in PyTorch, each with
/// the seed's recipe and with the fast one. Nothing is decoded before.
/// </summary>
internal static class Accuracy
{
    /// <summary>Trains each program with each recipe once.</summary>
    /// <param name="options">The folder with <c>train</c> and <c>test</c>, the device and the seed.</param>
    /// <param name="images">The digits to draw when there is no folder; a fifth of them to test with.</param>
    /// <param name="target">The share of right answers at which a program stops.</param>
    /// <param name="epochs">Epochs at most, or null for the recipe's.</param>
    /// <param name="pythons">Programs to look for PyTorch in.</param>
    /// <param name="json">A file for the figures, or null.</param>
    public static void Run(ConvNet.Options options, int images, double target, int? epochs, IReadOnlyList<string> pythons, string? json)
    {
        ReleaseBuild.Require();
        using var workload = new Workload(DrawnDigits.Draw(0, options.Seed, ConvNet.Data.ImageShape), options);
        var (train, test) = Folders(options.Data, workload, images);
        var python = PyTorch.FindOrSkip(pythons, "torch, torchvision");
        var rows = new List<AccuracyRow>();
        var seed = new ConvNet.Options { Data = train, TestData = test, Device = options.Device, Tf32 = options.Tf32, Load = workload.Weights, Cache = false, Log = LogFormats.None, Out = Path.Combine(workload.Folder, "seed") };
        var fast = new ConvNetFast.Options { Data = train, TestData = test, Device = options.Device, Tf32 = options.Tf32, Load = workload.Weights, Cache = false, Log = LogFormats.None, Out = Path.Combine(workload.Folder, "fast") };
        Add(Train("seed", target, (progress, stop) => ConvNet.Train(seed with { Epochs = epochs ?? seed.Epochs }, progress, stop)));
        Add(python is null ? null : Ask("seed", seed.Epochs));
        Add(Train("fast", target, (progress, stop) => ConvNetFast.Train(fast with { Epochs = epochs ?? fast.Epochs }, progress, stop)));
        Add(python is null ? null : Ask("fast", fast.Epochs));

        AccuracyRow Ask(string recipe, int most)
        {
            using var process = new PythonProcess(
                python, "seed_accuracy.py", train, test, workload.Weights, recipe, options.Device, FormattableString.Invariant($"{target}"), $"{epochs ?? most}", options.Tf32 ? "on" : "off");
            return process.Answer<AccuracyRow>() with { Program = $"PyTorch {python.Version}", Recipe = recipe };
        }

        void Add(AccuracyRow? row)
        {
            if (row is null)
                return;
            rows.Add(row);
            Console.WriteLine($"{row.Program}, the {row.Recipe} recipe: {row.Accuracy:P2} after {row.Epochs} epochs and {row.Seconds:F1} s");
            Report.Write(json, rows);
        }
    }

    private static AccuracyRow Train(string recipe, double target, Func<IProgress<TrainingEvent>, CancellationToken, TrainingResult> train)
    {
        using var stop = new CancellationTokenSource();
        var watch = new Watch(target, stop);
        try
        {
            train(watch, stop.Token);
        }
        catch (TrainingStoppedException) when (watch.Reached)
        {
            // As it shall: the accuracy is there.
        }

        return new AccuracyRow("generated", recipe, watch.Seconds, watch.Epoch, watch.Accuracy);
    }

    private static (string Train, string Test) Folders(string? data, Workload workload, int images)
    {
        if (data is not null)
        {
            var (train, test) = (Path.Combine(data, "train"), Path.Combine(data, "test"));
            return Directory.Exists(train) && Directory.Exists(test) ? (train, test) : throw new ModelGenException($"'{data}' does not hold the folders train and test: name one that does.");
        }

        var (drawn, held) = (Path.Combine(workload.Folder, "train"), Path.Combine(workload.Folder, "test"));
        JpegFolder.Write(drawn, images, workload.Options.Seed);
        JpegFolder.Write(held, Math.Max(images / 5, 10), workload.Options.Seed + 1);
        return (drawn, held);
    }

    /// <summary>Looks at each epoch when it is tested, and stops the run at the target.</summary>
    private sealed class Watch(double target, CancellationTokenSource stop) : IProgress<TrainingEvent>
    {
        private readonly long _start = Stopwatch.GetTimestamp();

        public double Seconds { get; private set; }

        public int Epoch { get; private set; }

        public double Accuracy { get; private set; }

        public bool Reached => Accuracy >= target;

        public void Report(TrainingEvent value)
        {
            if (value is not EpochCompleted { Metrics: var epoch } || Reached)
                return;
            (Seconds, Epoch, Accuracy) = (Stopwatch.GetElapsedTime(_start).TotalSeconds, epoch.Epoch, epoch.TestAccuracy ?? 0);
            if (Reached)
                stop.Cancel();
        }
    }
}

/// <summary>One program's way to an accuracy in the file.</summary>
/// <param name="Program">Which.</param>
/// <param name="Recipe">The seed's or the fast one.</param>
/// <param name="Seconds">From listing the files to the end of the last test.</param>
/// <param name="Epochs">The epochs that it took.</param>
/// <param name="Accuracy">The share of right answers then.</param>
internal sealed record AccuracyRow(string Program, string Recipe, double Seconds, int Epochs, double Accuracy);
