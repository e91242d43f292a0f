using System.Runtime.InteropServices;

namespace ModelGen.Torch;

/// <summary>
/// TorchSharp's native part on Linux. TorchSharp 0.107's was built against GCC 13 and asks for GLIBCXX_3.4.32, which Debian 12
/// and Ubuntu 22.04 lack, although all it uses of it is a mark that its objects were compiled with <c>iostream</c>: the symbol
/// <c>_ZSt21ios_base_library_initv</c>, which no instruction refers to. Where that version alone is missing, a copy that
/// asks for it weakly is opened instead.
/// </summary>
internal static class NativeShim
{
    /// <summary>The versions that the shim can do without.</summary>
    private static readonly HashSet<string> Harmless = ["GLIBCXX_3.4.32"];

    /// <summary>What marks objects that were compiled with <c>iostream</c>; the one symbol of that version.</summary>
    private const string IostreamMark = "_ZSt21ios_base_library_initv";

    /// <summary>Opens the shim, or a patched copy.</summary>
    /// <param name="path">The shim as its package brings it.</param>
    /// <param name="libTorch">What libtorch is called in messages: with its version and its folder, where it is the user's own.</param>
    /// <param name="libraries">Its libraries, opened.</param>
    /// <exception cref="ModelGenException">This system is too old for it, or libtorch doesn't fit it.</exception>
    public static nint Open(string path, string libTorch, IReadOnlyList<nint> libraries)
    {
        var handle = SharedObject.TryOpenBound(path, out var error);
        if (handle != 0)
            return handle;

        var shim = File.ReadAllBytes(path);
        var missing = Missing(path, shim);
        if (Refusal(missing) is { } refusal)
            throw new ModelGenException(refusal);
        if (missing.Count > 0)
        {
            foreach (var need in missing)
                ElfVersionNeeds.MarkWeak(shim, need);
            handle = PatchedCopy.Open(Path.GetFileName(path), shim, out error);
        }

        if (handle != 0)
            return handle;
        var needed = ElfSymbols.Needed(shim);
        var why = Lacking(libTorch, needed, symbol => libraries.Any(library => NativeLibrary.TryGetExport(library, symbol, out _)))
            ?? $"{error}. It needs all files of libtorch {LibTorchVersion.Needed}";
        throw new ModelGenException($"TorchSharp cannot be loaded: {why}: {LibTorchVersion.Cure}");
    }

    /// <summary>How many of the symbols that the shim needs are nowhere, and which is the first; null if all are there.</summary>
    /// <param name="libTorch">What libtorch is called.</param>
    /// <param name="needed">The symbols that it needs.</param>
    /// <param name="isThere">Whether a library has it; a library is also asked for those of the ones that it needs itself.</param>
    internal static string? Lacking(string libTorch, IReadOnlyList<string> needed, Func<string, bool> isThere)
    {
        var missing = needed.Where(symbol => symbol != IostreamMark && !isThere(symbol)).ToList();
        return missing.Count == 0
            ? null
            : FormattableString.Invariant($"{libTorch} lacks {missing.Count:N0} of the {needed.Count:N0} functions that it calls, {missing[0]} the first of them");
    }

    /// <summary>What the shim needs and this process's libraries lack.</summary>
    /// <param name="needs">What the shim needs.</param>
    /// <param name="offered">The versions that a library offers, or null if it isn't known.</param>
    internal static IReadOnlyList<VersionNeed> Missing(IReadOnlyList<VersionNeed> needs, Func<string, IReadOnlySet<string>?> offered) =>
        [.. needs.GroupBy(need => need.Library, StringComparer.Ordinal)
            .SelectMany(group => offered(group.Key) is { } versions ? group.Where(need => !versions.Contains(need.Version)) : [])];

    /// <summary>Why the missing versions can't be done without, in a sentence, or null if they can.</summary>
    internal static string? Refusal(IReadOnlyList<VersionNeed> missing)
    {
        var needed = missing.Where(need => !Harmless.Contains(need.Version)).ToList();
        if (needed.Count == 0)
            return null;
        var versions = string.Join(", ", needed.Select(need => $"{need.Version} of {need.Library}"));
        var cure = needed.Exists(need => need.Library != "libstdc++.so.6")
            ? "run on a system with glibc 2.34 or newer, such as Debian 12 or Ubuntu 22.04"
            : "run on a system with GCC 12's libstdc++ or newer, such as Debian 12 or Ubuntu 22.04, or put a newer libstdc++.so.6 on LD_LIBRARY_PATH";
        return $"This system is too old for TorchSharp, which needs {versions}: {cure}.";
    }

    private static IReadOnlyList<VersionNeed> Missing(string path, ReadOnlySpan<byte> shim)
    {
        try
        {
            return Missing(ElfVersionNeeds.Read(shim), Offered);
        }
        catch (InvalidDataException error)
        {
            throw new ModelGenException($"'{path}' is damaged ({error.Message}): restore and build the program again.", error);
        }
    }

    /// <summary>The versions that a library of this process offers, or null if it isn't open.</summary>
    internal static IReadOnlySet<string>? Offered(string library) =>
        SharedObject.PathOf(library) is { } file ? ElfVersionDefinitions.Read(File.ReadAllBytes(file)) : null;
}
