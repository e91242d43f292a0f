using static TorchSharp.torch;

namespace TrainingBenchmarks;

/// <summary>Images per second of training from memory: the generated trainer, its plain form, a hand-written loop, and PyTorch.</summary>
internal static class Throughput
{
    /// <summary>A variable of glibc's, which reads it when a process starts: here it is only seen, and a process beside this one must not have it.</summary>
    public const string AllocatorSetting = "MALLOC_TOP_PAD_";

    private const string HandWrittenName = "hand-written";
    private const string CSharp = "C#";

    // The convolutions and the linear layer forward, twice as much backward, but no gradient of the images.
    private const double FlopsPerImage = 2.0 * ((940_800 * 2) + (2_508_800 * 3) + (15_680 * 3));

    /// <summary>For every batch size and number of threads: checks that the programs do the same work, measures them and prints the result.</summary>
    /// <param name="options">The data and the seed.</param>
    /// <param name="batchSizes">Images per step, each at least 1.</param>
    /// <param name="threads">Threads that libtorch computes with, each at least 1.</param>
    /// <param name="rounds">Rounds that count, at least 1.</param>
    /// <param name="steps">Optimisation steps per round, at least 1.</param>
    /// <param name="pythons">Programs to look for PyTorch in.</param>
    /// <param name="json">A file for the figures, or null.</param>
    public static void Run(ConvNet.Options options, int[] batchSizes, int[] threads, int rounds, int steps, IReadOnlyList<string> pythons, string? json)
    {
        ReleaseBuild.Require();
        // The generated program would have glibc keep freed memory, which makes the hand-written loop in the same process faster than it is by itself.
        // With a setting of the user's it leaves that alone, and both get what the hand-written one has.
        Environment.SetEnvironmentVariable(AllocatorSetting, "0");
        var python = PyTorch.FindOrSkip(pythons, "torch");
        var rows = new List<TrainingRow>();
        foreach (var batchSize in batchSizes)
        {
            var images = Workload.Open(options, checked(steps * batchSize), out var description);
            foreach (var count in threads)
            {
                Console.WriteLine($"\nBatch {batchSize}, threads {count}, {rounds} rounds of {steps} steps; {description}");
                using var workload = new Workload(images, options with { BatchSize = batchSize, Threads = count });
                rows.AddRange(Measure(workload, rounds, python));
                Report.Write(json, rows); // after each, so that a run that is stopped leaves what it has
            }
        }
    }

    private static HandWrittenLoop HandWritten(Workload workload, string name) => new(workload, name, new HandWrittenNet(), (output, labels) => nn.functional.nll_loss(output, labels));

    private static void PrintShare(int threads, double imagesPerSecond)
    {
        var (reached, peak) = (imagesPerSecond * FlopsPerImage / 1e9, FmaPeak.Measure(threads));
        Console.WriteLine($"Direct sums would take {reached:F0} of the {peak:F0} GFLOP/s that multiply-adds in registers reach here for what the C# backend does: {reached / peak:P0}.");
    }

    private static IEnumerable<TrainingRow> Measure(Workload workload, int rounds, PyTorch? python)
    {
        var loops = new List<ITrainingLoop>();
        try
        {
            loops.Add(GeneratedLoops.Optimized(workload));
            loops.Add(GeneratedLoops.Plain(workload));
            loops.Add(GeneratedLoops.CSharp(workload));
            loops.Add(HandWritten(workload, HandWrittenName));
            loops.Add(HandWritten(workload, $"{HandWrittenName} again"));
            if (python is not null)
                loops.Add(new PyTorchLoop(workload, python));

            var lines = Contest.Run(workload, loops, rounds, HandWrittenName);
            PrintShare(workload.Options.Threads, lines.First(line => line.Program == CSharp).Value.Median);
            return lines.Select(line => new TrainingRow(
                line.Program, workload.Options.BatchSize, workload.Options.Threads, "memory", rounds, line.Value, RatioToHandwritten: line.Ratio.Median));
        }
        finally
        {
            loops.ForEach(loop => loop.Dispose());
        }
    }
}
