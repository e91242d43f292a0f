using System.Runtime.Intrinsics;
using ModelGen.Training;

namespace ModelGen.Cpu;

/// <summary>The processor as the device of a run: this backend computes nowhere else.</summary>
public static class Processor
{
    /// <summary>The threads that a run computes with.</summary>
    /// <param name="options">Its settings: <c>Threads</c>, 0 for one on each of the processor's cores; and <c>Device</c>, <c>auto</c> or <c>cpu</c>.</param>
    /// <exception cref="ModelGenException">The options name another device, or images that live on one.</exception>
    public static Team Team(TrainingOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Device is not ("auto" or "cpu"))
            throw new ModelGenException($"The network is compiled to C#, which computes on the CPU, but the device is '{options.Device}': leave it out, or compile the network to TorchSharp.");
        if (options.Resident == Residence.On)
            throw new ModelGenException("The network is compiled to C#, which has no device for images to live on: leave --resident out.");
        return new Team(options.Threads > 0 ? options.Threads : Environment.ProcessorCount);
    }

    /// <summary>As a run's record names it: <c>cpu, C# with 256-bit vectors, 2 threads</c>.</summary>
    /// <param name="workers">The threads that compute.</param>
    public static string Describe(int workers) => FormattableString.Invariant($"cpu, C# with {Vectors}, {workers} {(workers == 1 ? "thread" : "threads")}");

    private static string Vectors =>
        Vector512.IsHardwareAccelerated ? "512-bit vectors"
        : Vector256.IsHardwareAccelerated ? "256-bit vectors"
        : Vector128.IsHardwareAccelerated ? "128-bit vectors"
        : "no vectors";
}
