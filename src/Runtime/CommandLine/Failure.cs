using System.Runtime.InteropServices;

namespace ModelGen.CommandLine;

/// <summary>Says in one line what stopped a run.</summary>
internal static class Failure
{
    // How libtorch says it: on the CPU under Linux and Windows, and on CUDA.
    private static readonly string[] NoMemory =
        ["can't allocate memory", "not enough memory", "DefaultCPUAllocator", "CUDA out of memory", "CUBLAS_STATUS_ALLOC_FAILED", "CUDNN_STATUS_ALLOC_FAILED"];

    /// <summary>Whether the memory of the machine or of its device did not suffice.</summary>
    public static bool IsOutOfMemory(Exception error) => error switch
    {
        OutOfMemoryException => true,
        ExternalException => NoMemory.Any(words => error.Message.Contains(words, StringComparison.Ordinal)),
        AggregateException or TypeInitializationException when error.InnerException is { } cause => IsOutOfMemory(cause),
        _ => false,
    };

    /// <summary>What to say of it.</summary>
    /// <param name="batchSize">Images per batch, if there are batches.</param>
    public static string OutOfMemory(int? batchSize = null)
    {
        var batches = batchSize is { } size ? FormattableString.Invariant($" with a batch size of {size}") : "";
        return $"Out of memory{batches}: use a smaller --batch-size, or fewer images with --limit.";
    }

    /// <summary>The line for an error, without a stack trace.</summary>
    /// <param name="error">The error.</param>
    /// <param name="batchSize">Images per batch, if there are batches.</param>
    public static string Describe(Exception error, int? batchSize = null) => error switch
    {
        ModelGenException or IOException or UnauthorizedAccessException => error.Message.ReplaceLineEndings(" "),
        _ when IsOutOfMemory(error) => OutOfMemory(batchSize),
        // Wrappers, by a parallel loop and by the runtime, of what really happened.
        AggregateException or TypeInitializationException when error.InnerException is { } cause => Describe(cause, batchSize),
        // Nothing that was foreseen: libtorch appends its own stack trace to the first line.
        _ => $"{error.GetType().Name}: {error.Message.Split('\n')[0].TrimEnd()} (MODELGEN_TRACE=1 in the environment prints where this comes from.)",
    };
}
