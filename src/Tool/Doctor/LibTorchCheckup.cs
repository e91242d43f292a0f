using System.Runtime.InteropServices;
using ModelGen.Tool.Specs;
using ModelGen.Torch;
using TorchSharp;

namespace ModelGen.Tool.Doctor;

/// <summary>libtorch: where it is, what of it is loaded, and whether it computes.</summary>
internal static class LibTorchCheckup
{
    private static readonly string TorchSharp = typeof(torch).Assembly.GetName().Version!.ToString(3);

    /// <summary>The lines; the last ones only where it was found.</summary>
    /// <param name="folder">Where a program of the user's is.</param>
    /// <param name="named">The folder that <c>--libtorch</c> names, or null.</param>
    public static IEnumerable<Checkup> Lines(string folder, string? named)
    {
        yield return new Checkup(Health.Good, "TorchSharp", $"{TorchSharp}, which needs libtorch {LibTorchVersion.Needed}");
        var (place, found) = Search(folder, named);
        yield return found;
        if (place is null)
            yield break;

        // What loads libtorch for a program loads it here, from the place that was found.
        var loaded = Load(place);
        yield return loaded;
        if (loaded.Health != Health.Good)
            yield break;
        foreach (var library in Libraries(place))
            yield return library;
        yield return OfSelfTest(SelfTest.Failure());
        var isAvailable = torch.cuda.is_available();
        yield return Cuda(
            isAvailable, isAvailable ? torch.cuda.device_count() : 0, File.Exists(Path.Combine(place, NativeFolders.FileName("torch_cuda"))), NvidiaDriver.CudaVersion());
    }

    /// <summary>The first place that has it, in the order in which a program in <paramref name="folder"/> would come by it.</summary>
    internal static (string? Place, Checkup Found) Search(string folder, string? named)
    {
        try
        {
            if ((named is null ? ChosenLibTorch.OfEnvironment() : ChosenLibTorch.At(named, ChosenLibTorch.Option)) is { } chosen)
                return (chosen.Folder, Good(chosen.Folder, $"named by {chosen.By}"));
        }
        catch (ModelGenException error)
        {
            return (null, new Checkup(Health.Bad, "libtorch", $"not where {(named is null ? ChosenLibTorch.Variable : ChosenLibTorch.Option)} says", error.Message));
        }

        if (NativeFolders.WithLibTorch(NativeFolders.OfProgram()) is { } own)
            return (own, Good(own, "beside this program"));
        var name = NativeFolders.FileName("torch_cpu");
        if (ProjectFile.Of(Path.Combine(folder, name)) is { } project && FolderOf(name, Path.Combine(Path.GetDirectoryName(project)!, "bin")) is { } output)
            return (output, Good(output, "in the project's output"));
        var package = $"libtorch-cpu-{NativeFolders.PackageRid}";
        if (FolderOf(name, Path.Combine(Packages(), package)) is { } restored)
            return (restored, Good(restored, "a restored package; no program built here has it"));
        return (null, new Checkup(
            Health.Bad, "libtorch", "none: neither in the project's output nor among the restored packages",
            $"dotnet add package {package} --version {LibTorchVersion.Needed}.0, and build; or name the folder of one with {ChosenLibTorch.Option} or in {ChosenLibTorch.Variable}."));
    }

    /// <summary>The line of the self-test.</summary>
    /// <param name="failure">What failed, or null.</param>
    internal static Checkup OfSelfTest(string? failure) => failure is null
        ? new Checkup(Health.Good, "self-test", string.Join(", ", SelfTest.All.Select(check => check.Name)))
        : new Checkup(Health.Bad, "self-test", failure, LibTorchVersion.Cure);

    /// <summary>The line about CUDA.</summary>
    /// <param name="isAvailable">Whether libtorch can compute with it.</param>
    /// <param name="devices">The devices that it has then.</param>
    /// <param name="isBuiltFor">Whether it has CUDA's part at all.</param>
    /// <param name="driver">The CUDA version that the machine's driver is for; null without one.</param>
    internal static Checkup Cuda(bool isAvailable, int devices, bool isBuiltFor, string? driver)
    {
        if (isAvailable)
            return new Checkup(Health.Good, "CUDA", FormattableString.Invariant($"{devices} device{(devices == 1 ? "" : "s")}, a driver for CUDA {driver}"));
        if (!isBuiltFor)
        {
            return new Checkup(
                Health.Note, "CUDA", "not in this libtorch: training runs on the CPU",
                "with an NVIDIA device, build with -p:TorchBackend=cuda and the package that the build then names.");
        }

        return driver is null
            ? new Checkup(Health.Note, "CUDA", "no NVIDIA driver: training runs on the CPU", "install NVIDIA's driver, as new as this libtorch's CUDA.")
            : new Checkup(
                Health.Note, "CUDA", $"no device answers to this libtorch, with a driver for CUDA {driver}: training runs on the CPU",
                "nvidia-smi must list one, in the same container too; if it does, install a driver as new as this libtorch's CUDA.");
    }

    /// <summary>The first folder below another one that holds a file, or null.</summary>
    private static string? FolderOf(string name, string root) => !Directory.Exists(root) ? null
        : Path.GetDirectoryName(Directory.EnumerateFiles(root, name, SearchOption.AllDirectories).Order(StringComparer.Ordinal).FirstOrDefault());

    private static Checkup Good(string place, string how) => new(Health.Good, "libtorch", $"{place}, {how}");

    private static Checkup Load(string place)
    {
        try
        {
            LibTorch.Use(place);
            LibTorch.EnsureLoaded();
            using var one = torch.ones(2, 2);
            using var sum = one.sum();
            return new Checkup(Health.Good, "loads", FormattableString.Invariant(
                $"1 + 1 + 1 + 1 = {sum.item<float>()} with {torch.get_num_threads()} {(torch.get_num_threads() == 1 ? "thread" : "threads")}"));
        }
        catch (ModelGenException error)
        {
            return new Checkup(Health.Bad, "loads", "not", error.Message);
        }
    }

    /// <summary>A line for each library that is open now: on Linux from where the system loader has it, which may be another place than it should be.</summary>
    private static IEnumerable<Checkup> Libraries(string place)
    {
        var files = NativeFolders.LibrariesOf(place).ToList();
        var version = LibTorchVersion.StatedBeside(place) ?? LibTorchVersion.StatedBy(NativeLibrary.Load(files[^1]));
        return files.Select(file => new Checkup(Health.Good, "library", $"{Open(file)}, of libtorch {version}"))
            .Append(new Checkup(Health.Good, "library", $"{Open(NativeFolders.Shim(NativeFolders.OfProgram()))}, of TorchSharp {TorchSharp}"));
    }

    private static string Open(string file) => OperatingSystem.IsLinux() ? SharedObject.PathOf(Path.GetFileName(file)) ?? file : file;

    private static string Packages() => Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } folder
        ? folder
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
}
