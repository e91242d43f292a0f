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
    private const int LargestBlockBefore235 = 32 << 20; // glibc before 2.35 refuses more than half of an arena's heap
    private const int Growth = 64 << 20; // bytes that the heap grows by

    // With one of these the user has decided.
    private static readonly string[] Variables = ["GLIBC_TUNABLES", "MALLOC_MMAP_THRESHOLD_", "MALLOC_TRIM_THRESHOLD_", "MALLOC_TOP_PAD_", "MALLOC_ARENA_MAX"];

    /// <summary>Whether the environment has settings of its own.</summary>
    public static bool IsDecided => Variables.Any(variable => Environment.GetEnvironmentVariable(variable) is { Length: > 0 });

    /// <summary>Keeps freed memory for the next step, for the rest of the process. Cheap, also when called again.</summary>
    /// <returns>False where it is left as it is: on another system, with another C library, or where the environment has settings of its own; and where
    /// the C library refused a part of it.</returns>
    public static bool KeepFreed()
    {
        if (!OperatingSystem.IsLinux() || IsDecided)
            return false;
        try
        {
            // Each helps by itself, so all are set whatever the others gave.
            var keepsLarge = IsSet(MapThreshold, LargestBlock) || IsSet(MapThreshold, LargestBlockBefore235);
            return keepsLarge & IsSet(TrimThreshold, int.MaxValue) & IsSet(TopPad, Growth);
        }
        catch (Exception error) when (error is DllNotFoundException or EntryPointNotFoundException)
        {
            return false; // musl, for one, has neither the name nor the function
        }
    }

    private static bool IsSet(int parameter, int value) => Set(parameter, value) != 0;

    [LibraryImport("libc.so.6", EntryPoint = "mallopt"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Set(int parameter, int value);
}
