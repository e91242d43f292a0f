using System.Runtime.InteropServices;

namespace ModelGen.Torch;

/// <summary>
/// How glibc keeps the memory of tensors on the CPU. A training step asks for the same tens of megabytes again and again; by default glibc gives
/// large blocks back to the system, which hands them out again page by page, zeroed: an eighth of a step. A program that trains keeps them.
/// </summary>
internal static partial class HostMemory
{
    // Parameters of mallopt, from glibc's malloc.h.
    private const int TrimThreshold = -1;
    private const int TopPad = -2;
    private const int MapThreshold = -3;

    private const int LargestBlock = 1 << 30; // bytes; what is larger is still mapped by itself
    private const int Growth = 64 << 20; // bytes that the heap grows by

    // With one of these the user has decided.
    private static readonly string[] Variables = ["GLIBC_TUNABLES", "MALLOC_MMAP_THRESHOLD_", "MALLOC_TRIM_THRESHOLD_", "MALLOC_TOP_PAD_", "MALLOC_ARENA_MAX"];

    /// <summary>Keeps freed memory for the next step, for the rest of the process. Cheap, also when called again.</summary>
    /// <returns>False where it is left as it is: on another system, with another C library, or where the environment has settings of its own.</returns>
    public static bool KeepFreed()
    {
        if (!OperatingSystem.IsLinux() || Variables.Any(variable => Environment.GetEnvironmentVariable(variable) is { Length: > 0 }))
            return false;
        try
        {
            return Set(MapThreshold, LargestBlock) != 0 && Set(TrimThreshold, int.MaxValue) != 0 && Set(TopPad, Growth) != 0;
        }
        catch (Exception error) when (error is DllNotFoundException or EntryPointNotFoundException)
        {
            return false; // musl, for one, has neither the name nor the function
        }
    }

    [LibraryImport("libc.so.6", EntryPoint = "mallopt")]
    private static partial int Set(int parameter, int value);
}
