using System.Runtime.InteropServices;

namespace ModelGen.Torch;

/// <summary>Where the native libraries are: beside the program, or where its package layout says.</summary>
internal static class NativeFolders
{
    /// <summary>libtorch's parts, each after the ones that it needs; the CUDA ones are there in a CUDA libtorch only.</summary>
    private static readonly string[] Parts = ["c10", "c10_cuda", "torch_cpu", "torch_cuda", "torch"];

    /// <summary>The folders in which the runtime looks for this program's native libraries, in its order.</summary>
    public static IReadOnlyList<string> OfProgram()
    {
        var search = AppContext.GetData("NATIVE_DLL_SEARCH_DIRECTORIES") as string ?? "";
        return
        [
            .. search.Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries).Select(Path.TrimEndingDirectorySeparator),
            Path.TrimEndingDirectorySeparator(AppContext.BaseDirectory),
            Path.Combine(AppContext.BaseDirectory, "runtimes", PackageRid, "native"),
        ];
    }

    /// <summary>The first of the folders that holds libtorch, or null.</summary>
    public static string? WithLibTorch(IEnumerable<string> folders) =>
        folders.FirstOrDefault(folder => File.Exists(Path.Combine(folder, FileName("torch_cpu"))));

    /// <summary>The paths of libtorch's parts in their order of loading.</summary>
    public static IEnumerable<string> LibrariesOf(string folder) =>
        Parts.Select(part => Path.Combine(folder, FileName(part))).Where(File.Exists);

    /// <summary>The path of TorchSharp's native part, which comes with its package.</summary>
    /// <exception cref="ModelGenException">It is missing.</exception>
    public static string Shim(IReadOnlyList<string> program) =>
        program.Select(folder => Path.Combine(folder, FileName("LibTorchSharp"))).FirstOrDefault(File.Exists)
        ?? throw new ModelGenException($"{FileName("LibTorchSharp")} is missing beside the program: build or publish it again.");

    /// <summary>
    /// Refuses to load a second libtorch. TorchSharp opens the one beside the program whatever else is open, and two in one process
    /// end it: both register the same operations.
    /// </summary>
    public static void RefuseTwoLibTorches(ChosenLibTorch chosen, IReadOnlyList<string> program)
    {
        if (WithLibTorch(program) is { } own && own != chosen.Folder)
        {
            throw new ModelGenException(
                $"{chosen.By} names '{chosen.Folder}', but the program brings its own libtorch in '{own}': "
                + $"reference no libtorch in its project and build it with -p:TorchBackend=none, or leave {chosen.By} out.");
        }
    }

    /// <summary>What to do when there is no libtorch.</summary>
    public static string NoLibTorch() =>
        $"libtorch is missing beside the program: add the package libtorch-cpu-{PackageRid} to its project, "
        + $"or name the folder of a libtorch {LibTorchVersion.Needed} with {ChosenLibTorch.Option} or in {ChosenLibTorch.Variable}.";

    /// <summary>Why TorchSharp can't run on a system at all, in a sentence, or null if it can.</summary>
    /// <param name="runtimeIdentifier">The system for which the .NET runtime was built.</param>
    /// <param name="packageRid">The system's name in packages.</param>
    internal static string? Unsupported(string runtimeIdentifier, string packageRid)
    {
        if (runtimeIdentifier.Contains("musl", StringComparison.Ordinal) || runtimeIdentifier.StartsWith("alpine", StringComparison.Ordinal))
            return "libtorch needs glibc, which this system (Alpine, or another with musl) lacks: run on Debian or Ubuntu, or in a container of one.";
        return packageRid is "linux-x64" or "win-x64" or "win-arm64" or "osx-arm64"
            ? null
            : $"TorchSharp has no package for {packageRid}: run on Linux x64, Windows or macOS arm64.";
    }

    /// <inheritdoc cref="Unsupported(string, string)"/>
    public static string? Unsupported() => Unsupported(RuntimeInformation.RuntimeIdentifier, PackageRid);

    /// <summary>A library's file on this system: <c>libtorch.so</c>.</summary>
    public static string FileName(string library) =>
        OperatingSystem.IsWindows() ? library + ".dll" : OperatingSystem.IsMacOS() ? $"lib{library}.dylib" : $"lib{library}.so";

    /// <summary>This system's name in packages: <c>linux-x64</c>.</summary>
    public static string PackageRid
    {
        get
        {
            var system = OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux";
            return FormattableString.Invariant($"{system}-{RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant()}");
        }
    }
}
