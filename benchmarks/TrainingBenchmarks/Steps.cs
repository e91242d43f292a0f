using TorchSharp;
using static TorchSharp.torch;

namespace TrainingBenchmarks;

/// <summary>
/// What training steps of the generated trainer leave behind: managed bytes, tensors, resident memory. Its epochs are run whole, so what the loader
/// and its threads allocate counts too.
/// </summary>
internal static class Steps
{
    /// <summary>Steps between two looks at the resident memory, which are an epoch.</summary>
    private const int Between = 1_000;

    /// <summary>Trains an epoch to warm up, and then those that are measured.</summary>
    /// <param name="options">The batch size, the threads and the seed.</param>
    /// <param name="steps">How many, at least 1; above 1,000 they are rounded down to thousands.</param>
    public static void Run(ConvNet.Options options, int steps)
    {
        ReleaseBuild.Require();
        var epoch = Math.Min(steps, Between);
        var images = Workload.Open(options, checked(epoch * options.BatchSize), out var description);
        using var workload = new Workload(images, options);
        using var loop = GeneratedLoops.Optimized(workload);
        loop.TrainEpoch(0);

        // Of this thread, because loader threads make no tensors. What the finalizer frees is disposed on its own thread, and so stays counted here.
        var statistics = DisposeScopeManager.Statistics.TensorStatistics;
        var (alive, undisposed, bytes) = (Tensor.TotalCount, statistics.ThreadTotalLiveCount, GC.GetTotalAllocatedBytes(precise: true));
        var resident = new List<long> { Environment.WorkingSet };
        var epochs = steps / epoch;
        for (var number = 1; number <= epochs; number++)
        {
            loop.TrainEpoch(number);
            resident.Add(Environment.WorkingSet);
        }

        bytes = GC.GetTotalAllocatedBytes(precise: true) - bytes;
        Console.WriteLine($"{epochs * epoch:N0} steps of batch {options.BatchSize}, threads {get_num_threads()}; {description}");
        Console.WriteLine($"Managed bytes allocated per step: {(double)bytes / (epochs * epoch):N0}");
        Console.WriteLine($"Tensors alive: {alive} before, {Tensor.TotalCount} after, {Tensor.PeakCount} at the most");
        Console.WriteLine($"Tensors left to the finalizer: {statistics.ThreadTotalLiveCount - undisposed}");
        Console.WriteLine($"Resident memory every {epoch:N0} steps, MiB: {string.Join(", ", resident.Select(memory => memory >> 20))}");
    }
}
