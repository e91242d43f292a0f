using System.Runtime.InteropServices;

namespace ModelGen.Torch;

/// <summary>
/// Versions of libtorch, such as <c>2.10.0+cu128</c>. libtorch keeps its C++ interface within a minor version only, and a program that calls
/// another one may fail anywhere. The next minor version is taken where a self-test shows that what TorchSharp calls is as it was.
/// </summary>
internal static class LibTorchVersion
{
    /// <summary>The one that TorchSharp's native part was built for.</summary>
    public const string Needed = "2.10";

    /// <summary>The one that is taken if it passes the self-test.</summary>
    public const string Next = "2.11";

    /// <summary>What to do about a libtorch that does not fit.</summary>
    public const string Cure = $"install PyTorch {Needed}, or download libtorch {Needed}.";

    /// <summary>Whether a version is of a minor version.</summary>
    public static bool Is(string version, string minor) => version.StartsWith(minor + ".", StringComparison.Ordinal);

    /// <summary>The version that a PyTorch install (<c>torch/version.py</c>) or a download (<c>libtorch/build-version</c>) states, or null.</summary>
    /// <param name="folder">The folder with the libraries.</param>
    public static string? StatedBeside(string folder)
    {
        var root = Path.GetDirectoryName(folder) ?? "";
        var download = Path.Combine(root, "build-version");
        if (File.Exists(download))
            return File.ReadAllText(download).Trim();
        var python = Path.Combine(root, "version.py");
        var lines = File.Exists(python) ? File.ReadLines(python) : [];
        return lines.FirstOrDefault(line => line.StartsWith("__version__ =", StringComparison.Ordinal))?.Split('=', 2)[1].Trim(' ', '\'', '"');
    }

    /// <summary>
    /// The version that the library itself tells (<c>torch/csrc/inductor/aoti_torch/c/shim.h</c>), or null where it is older than that function. No file has it
    /// in a NuGet package, and the library's bytes have it nowhere as text.
    /// </summary>
    /// <param name="library"><c>torch_cpu</c>, opened.</param>
    public static unsafe string? StatedBy(nint library)
    {
        if (!NativeLibrary.TryGetExport(library, "aoti_torch_abi_version", out var function))
            return null;
        // A byte each, from the highest: 0x020a000000000000 is 2.10.0.
        var packed = ((delegate* unmanaged[Cdecl]<ulong>)function)();
        return FormattableString.Invariant($"{packed >> 56}.{(packed >> 48) & 0xff}.{(packed >> 40) & 0xff}");
    }
}
