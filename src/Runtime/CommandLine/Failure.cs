using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using ModelGen.Training;

namespace ModelGen.CommandLine;

/// <summary>Says in one line what stopped a run.</summary>
internal static partial class Failure
{
    // How libtorch says it: on the CPU under Linux and Windows, and on CUDA.
    private static readonly string[] NoMemory =
        ["can't allocate memory", "not enough memory", "DefaultCPUAllocator", "CUDA out of memory", "CUBLAS_STATUS_ALLOC_FAILED", "CUDNN_STATUS_ALLOC_FAILED"];

    // How libtorch refuses an operation in deterministic mode: at::Context::alertNotDeterministic.
    [GeneratedRegex("([^:\n]+) does not have a deterministic implementation", RegexOptions.CultureInvariant)]
    private static partial Regex NotDeterministic();

    /// <summary>Whether the memory of the machine or of its device did not suffice.</summary>
    public static bool IsOutOfMemory(Exception error) => error switch
    {
        OutOfMemoryException => true,
        ExternalException => NoMemory.Any(words => error.Message.Contains(words, StringComparison.Ordinal)),
        AggregateException or TypeInitializationException when error.InnerException is { } cause => IsOutOfMemory(cause),
        _ => false,
    };

    /// <summary>What to say of it.</summary>
    /// <param name="error">The error.</param>
    /// <param name="batchSize">Samples per batch, if there are batches.</param>
    /// <param name="memory">What training takes, if it is known.</param>
    public static string OutOfMemory(Exception error, int? batchSize = null, TrainingMemory? memory = null)
    {
        var batches = batchSize is { } size ? FormattableString.Invariant($" with a batch size of {size}") : "";
        // What .NET itself has too little memory for is no tensor.
        if (batchSize is not { } samples || memory is null || Cause(error) is not ExternalException cause)
            return $"Out of memory{batches}: use a smaller --batch-size, or fewer images with --limit.";
        var device = DeviceMemory.Read(cause.Message);
        var has = device is null ? "" : $", and of the device's {DeviceMemory.Describe(device.Total)} only {DeviceMemory.Describe(device.Free)} are free";
        var fitting = Math.Min(device is null ? int.MaxValue : memory.LargestBatch(device.Usable), LargestPowerBelow(samples));
        var cure = fitting > 0
            ? FormattableString.Invariant($"use --batch-size {fitting}")
            : "a smaller batch does not help, so use a device with more memory, or a smaller network";
        return $"Out of memory{batches}: the model takes {DeviceMemory.Describe(memory.Model)} with gradients and optimizer, "
            + $"and the activations of a batch {DeviceMemory.Describe((long)Math.Min((double)samples * memory.Sample, long.MaxValue))}{has}: {cure}.";
    }

    /// <summary>The line for an error, without a stack trace.</summary>
    /// <param name="error">The error.</param>
    /// <param name="batchSize">Samples per batch, if there are batches.</param>
    /// <param name="memory">What training takes, if it is known.</param>
    public static string Describe(Exception error, int? batchSize = null, TrainingMemory? memory = null) => error switch
    {
        ModelGenException or IOException or UnauthorizedAccessException => error.Message.ReplaceLineEndings(" "),
        _ when IsOutOfMemory(error) => OutOfMemory(error, batchSize, memory),
        ExternalException when NotDeterministic().Match(error.Message) is { Success: true } match =>
            $"The operation '{match.Groups[1].Value.Trim()}' can't give the same bits each time, which --deterministic asks for: leave that out, or the layer that needs it.",
        // Wrappers, by a parallel loop and by the runtime, of what really happened.
        AggregateException or TypeInitializationException when error.InnerException is { } cause => Describe(cause, batchSize, memory),
        // Nothing that was foreseen: libtorch appends its own stack trace to the first line.
        _ => $"{error.GetType().Name}: {error.Message.Split('\n')[0].TrimEnd()} (MODELGEN_TRACE=1 in the environment prints where this comes from.)",
    };

    /// <summary>The largest power of two below a number; 0 for 1.</summary>
    private static int LargestPowerBelow(int number) => number < 2 ? 0 : 1 << (int)Math.Floor(Math.Log2(number - 1));

    /// <summary>What really happened, in a parallel loop or a static constructor.</summary>
    private static Exception Cause(Exception error) =>
        error is AggregateException or TypeInitializationException && error.InnerException is { } cause ? Cause(cause) : error;
}
