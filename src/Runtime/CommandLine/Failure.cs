namespace ModelGen.CommandLine;

/// <summary>Says in one line what stopped a run.</summary>
internal static class Failure
{
    /// <summary>The line for <paramref name="error"/>, without a stack trace.</summary>
    public static string Describe(Exception error) => error switch
    {
        ModelGenException or IOException or UnauthorizedAccessException => error.Message.ReplaceLineEndings(" "),
        OutOfMemoryException => "Out of memory: use a smaller --batch-size, or fewer images with --limit.",
        // Wrappers, by a parallel loop and by the runtime, of what really happened.
        AggregateException or TypeInitializationException when error.InnerException is { } cause => Describe(cause),
        // Nothing that was foreseen: libtorch appends its own stack trace to the first line.
        _ => $"{error.GetType().Name}: {error.Message.Split('\n')[0].TrimEnd()} (MODELGEN_TRACE=1 in the environment prints where this comes from.)",
    };
}
