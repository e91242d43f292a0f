using ModelGen.Training;

namespace TrainingBenchmarks;

/// <summary>Training from a device's own memory: the generated trainer against the seed's program in PyTorch, eager as it is, without its reading, and compiled.</summary>
internal static class DeviceThroughput
{
    private const string Eager = "PyTorch eager";

    /// <summary>Steps whose time on the device is told: a step is some 60 kernels.</summary>
    private const int QueuedSteps = 8;

    /// <summary>Square matrices whose product takes a GPU longer than it takes to queue those steps: 1.1 teraflops.</summary>
    private const int Block = 8192;

    /// <summary>For every batch size: checks that the programs do the same work, measures them and prints the result.</summary>
    /// <param name="options">The data, the device and the seed.</param>
    /// <param name="batchSizes">Images per step, each at least 1.</param>
    /// <param name="images">Images of an epoch, which is a round; at least one batch is taken.</param>
    /// <param name="rounds">Rounds that count, at least 1.</param>
    /// <param name="pythons">Programs to look for PyTorch in.</param>
    /// <param name="json">A file for the figures, or null.</param>
    public static void Run(ConvNet.Options options, int[] batchSizes, int images, int rounds, IReadOnlyList<string> pythons, string? json)
    {
        ReleaseBuild.Require();
        var python = PyTorch.Find(pythons, "torch");
        var rows = new List<DeviceRow>();
        foreach (var batchSize in batchSizes)
        {
            var set = Workload.Open(options, Math.Max(images / batchSize, 1) * batchSize, out var description);
            using var workload = new Workload(set, options with { BatchSize = batchSize, Resident = Residence.On });
            workload.WriteImages();
            Console.WriteLine($"\nBatch {batchSize}, {rounds} rounds; {description}");
            rows.AddRange(Measure(workload, rounds, python));
            Report.Write(json, rows); // after each, so that a run that is stopped leaves what it has
        }
    }

    private static DeviceRow[] Measure(Workload workload, int rounds, PyTorch python)
    {
        var loops = new List<IDeviceLoop>();
        try
        {
            loops.Add(GeneratedLoops.Optimized(workload));
            loops.Add(new PyTorchDeviceLoop(workload, python, "seed", Eager));
            loops.Add(new PyTorchDeviceLoop(workload, python, "queued", "PyTorch eager, queued"));
            if (python.Compiles)
                loops.Add(new PyTorchDeviceLoop(workload, python, "compiled", "torch.compile"));
            else
                Console.WriteLine($"torch.compile: not in this PyTorch ({python.Version})");

            var lines = Contest.Run(workload, loops, rounds, Eager);
            var idle = loops.Zip(lines, (loop, line) => Idle(workload, loop, line.Value.Median)).ToArray();
            foreach (var (loop, share) in loops.Zip(idle).Where(pair => pair.Second is not null))
                Console.WriteLine($"{loop.Name}: the device idles for {share:P0} of a step");
            return [.. lines.Zip(idle, (line, share) => new DeviceRow(line.Program, workload.Options.BatchSize, rounds, line.Value, line.Ratio.Median, share))];
        }
        finally
        {
            loops.ForEach(loop => loop.Dispose());
        }
    }

    /// <summary>The share of a step's time in which the device has nothing to do; null on the CPU, which has no queue.</summary>
    private static double? Idle(Workload workload, IDeviceLoop loop, double imagesPerSecond)
    {
        var onCpu = workload.Options.Device == "cpu";
        var steps = Math.Min(QueuedSteps, workload.Images.Count / workload.Options.BatchSize);
        var busy = loop.DeviceSeconds(steps, onCpu ? 1 : Block);
        return onCpu ? null : Math.Max(0, 1 - (busy * imagesPerSecond / workload.Options.BatchSize));
    }
}

/// <summary>One program's training on a device in the file.</summary>
/// <param name="Program">Which.</param>
/// <param name="Batch">Images per step.</param>
/// <param name="Rounds">The rounds that count.</param>
/// <param name="ImagesPerSecond">Over the rounds.</param>
/// <param name="RatioToPytorch">The median of its ratios to PyTorch eager in the same round.</param>
/// <param name="Idle">The share of a step's time in which the device has nothing to do; null on the CPU.</param>
internal sealed record DeviceRow(string Program, int Batch, int Rounds, Spread ImagesPerSecond, double RatioToPytorch, double? Idle);
