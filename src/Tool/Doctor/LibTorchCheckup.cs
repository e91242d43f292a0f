using ModelGen.Tool.Specs;
using ModelGen.Torch;
using TorchSharp;

namespace ModelGen.Tool.Doctor;

/// <summary>libtorch: where it is, whether it loads, and whether it computes.</summary>
internal static class LibTorchCheckup
{
    /// <summary>The lines; the last ones only where it was found.</summary>
    public static IEnumerable<Checkup> Lines(string folder)
    {
        yield return new Checkup(Health.Good, "TorchSharp", $"{typeof(torch).Assembly.GetName().Version!.ToString(3)}, which needs libtorch {NativeFolders.LibTorchVersion}");
        var (place, found) = Search(folder);
        yield return found;
        if (place is null)
            yield break;

        // What loads libtorch for a program loads it here, from the place that was found.
        Environment.SetEnvironmentVariable(NativeFolders.Variable, place);
        var loaded = Load();
        yield return loaded;
        if (loaded.Health != Health.Good)
            yield break;
        var isAvailable = torch.cuda.is_available();
        yield return Cuda(isAvailable, isAvailable ? torch.cuda.device_count() : 0, File.Exists(Path.Combine(place, NativeFolders.FileName("torch_cuda"))));
    }

    /// <summary>The first place that has it, in the order in which a program in <paramref name="folder"/> would come by it.</summary>
    internal static (string? Place, Checkup Found) Search(string folder)
    {
        try
        {
            if (NativeFolders.Chosen() is { } chosen)
                return (chosen, Good(chosen, $"named by {NativeFolders.Variable}"));
        }
        catch (ModelGenException error)
        {
            return (null, new Checkup(Health.Bad, "libtorch", $"not where {NativeFolders.Variable} says", error.Message));
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
            $"dotnet add package {package} --version {NativeFolders.LibTorchVersion}.0, and build; or set {NativeFolders.Variable} to the folder of one."));
    }

    /// <summary>The line about CUDA.</summary>
    internal static Checkup Cuda(bool isAvailable, int devices, bool isBuiltFor)
    {
        if (isAvailable)
            return new Checkup(Health.Good, "CUDA", FormattableString.Invariant($"{devices} device{(devices == 1 ? "" : "s")}"));
        return isBuiltFor
            ? new Checkup(
                Health.Note, "CUDA", "this libtorch has it, but no device answers: training runs on the CPU",
                "install NVIDIA's driver, as new as this libtorch's CUDA; nvidia-smi shows what it is.")
            : new Checkup(
                Health.Note, "CUDA", "not in this libtorch: training runs on the CPU",
                "with an NVIDIA device, build with -p:TorchBackend=cuda and the package that the build then names.");
    }

    /// <summary>The first folder below another one that holds a file, or null.</summary>
    private static string? FolderOf(string name, string root) => !Directory.Exists(root) ? null
        : Path.GetDirectoryName(Directory.EnumerateFiles(root, name, SearchOption.AllDirectories).Order(StringComparer.Ordinal).FirstOrDefault());

    private static Checkup Good(string place, string how) => new(Health.Good, "libtorch", $"{place}, {how}");

    private static Checkup Load()
    {
        try
        {
            LibTorch.EnsureLoaded();
            using var one = torch.ones(2, 2);
            using var sum = one.sum();
            var from = OperatingSystem.IsLinux() ? SharedObject.PathOf(NativeFolders.FileName("torch_cpu")) : null;
            var computed = FormattableString.Invariant($"1 + 1 + 1 + 1 = {sum.item<float>()} with {torch.get_num_threads()} threads");
            return new Checkup(Health.Good, "loads", from is null ? computed : $"from {from}; {computed}");
        }
        catch (ModelGenException error)
        {
            return new Checkup(Health.Bad, "loads", "not", error.Message);
        }
    }

    private static string Packages() => Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } folder
        ? folder
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
}
