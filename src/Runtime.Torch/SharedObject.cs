using System.Runtime.InteropServices;

namespace ModelGen.Torch;

/// <summary>
/// glibc's own loader. <see cref="NativeLibrary"/> wraps it, but neither checks every function at once nor passes on the
/// loader's own sentence, which names the library that is really missing.
/// </summary>
internal static unsafe partial class SharedObject
{
    private const int Lazy = 1; // RTLD_LAZY
    private const int Now = 2; // RTLD_NOW
    private const int NoLoad = 4; // RTLD_NOLOAD
    private const int LinkMap = 2; // RTLD_DI_LINKMAP

    /// <summary>Opens a library; it stays open as long as the process lives.</summary>
    /// <param name="path">The library.</param>
    /// <returns>Its handle, which is also the one that <see cref="NativeLibrary"/> uses.</returns>
    /// <exception cref="ModelGenException">It can't be loaded.</exception>
    public static nint Open(string path) => Open(path, Lazy, out var error) is var handle and not 0
        ? handle
        : throw new ModelGenException($"libtorch cannot be loaded: {error}. Install the library it names; if it is there, restore and build again.");

    /// <summary>Opens a library if every function that it calls is there, so that none can be found missing in the middle of a run.</summary>
    /// <param name="path">The library.</param>
    /// <param name="error">The loader's sentence when it can't be loaded; otherwise empty.</param>
    /// <returns>The handle, or 0.</returns>
    public static nint TryOpenBound(string path, out string error) => Open(path, Now, out error);

    /// <summary>The file of a library that is open in this process.</summary>
    /// <param name="name">The library's own name, such as <c>libstdc++.so.6</c>.</param>
    /// <returns>The path, or null if no such library is open.</returns>
    public static string? PathOf(string name)
    {
        var handle = Open(name, Lazy | NoLoad, out _);
        if (handle == 0 || Info(handle, LinkMap, out var map) != 0)
            return null;

        // struct link_map starts with the load address and the path.
        return Marshal.PtrToStringUTF8(((nint*)map)[1]);
    }

    private static nint Open(string path, int flags, out string error)
    {
        // Clears what is left from earlier, and binds the import: bound only after a failure, that itself would clear the sentence.
        _ = Error();
        var handle = Open(path, flags);
        error = handle == 0 ? Marshal.PtrToStringUTF8(Error()) ?? $"{path}: unknown error" : "";
        return handle;
    }

    // glibc before 2.34 has these in libdl; since then libdl forwards them.
    [LibraryImport("libdl.so.2", EntryPoint = "dlopen", StringMarshalling = StringMarshalling.Utf8), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint Open(string path, int flags);

    [LibraryImport("libdl.so.2", EntryPoint = "dlerror"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint Error();

    [LibraryImport("libdl.so.2", EntryPoint = "dlinfo"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Info(nint handle, int request, out nint map);
}
