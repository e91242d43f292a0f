namespace ModelGen.Torch;

/// <summary>A libtorch of the user's own, in the place of a package's.</summary>
/// <param name="By">What names it: <c>--libtorch</c> or <c>MODELGEN_LIBTORCH</c>.</param>
/// <param name="Folder">The folder with the libraries.</param>
/// <param name="Version">Its version; null while only the library itself can tell.</param>
internal sealed record ChosenLibTorch(string By, string Folder, string? Version)
{
    /// <summary>The environment variable that names a folder.</summary>
    public const string Variable = "MODELGEN_LIBTORCH";

    /// <summary>The option that does, and wins.</summary>
    public const string Option = "--libtorch";

    /// <summary>The one that <c>MODELGEN_LIBTORCH</c> names, or null when the variable isn't set.</summary>
    /// <exception cref="ModelGenException">As <see cref="At"/>.</exception>
    public static ChosenLibTorch? OfEnvironment() => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } folder ? At(folder, Variable) : null;

    /// <summary>The one in a folder or in its <c>lib</c>; nothing is loaded.</summary>
    /// <exception cref="ModelGenException">There is no such folder, or no libtorch in it, or one of another version.</exception>
    public static ChosenLibTorch At(string folder, string by)
    {
        folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        var library = NativeFolders.FileName("torch_cpu");
        if (!Directory.Exists(folder))
            throw new ModelGenException($"{by} names '{folder}', which is not there: name a folder with {library}, or leave {by} out.");
        var libraries = NativeFolders.WithLibTorch([folder, Path.Combine(folder, "lib")]) ?? throw new ModelGenException(
            $"{by} names '{folder}', which does not hold {library}: name the folder that does (for a PyTorch install: torch/lib), or leave {by} out.");
        var chosen = new ChosenLibTorch(by, libraries, LibTorchVersion.StatedBeside(libraries));
        return chosen.Version is null ? chosen : chosen.WhereItFits();
    }

    /// <summary>The same with the version that the library tells where no file does.</summary>
    /// <param name="library"><c>torch_cpu</c>, opened; nothing of it was called yet.</param>
    /// <exception cref="ModelGenException">It is another version.</exception>
    public ChosenLibTorch Opened(nint library) =>
        Version is null ? (this with { Version = LibTorchVersion.StatedBy(library) ?? "of an old version" }).WhereItFits() : this;

    /// <summary>Refuses to go on with a libtorch that computes something else than it should; says so where one of another version does not.</summary>
    /// <exception cref="ModelGenException">It fails the self-test.</exception>
    public void Prove()
    {
        if (SelfTest.Failure() is { } failure)
            throw new ModelGenException($"{By} names libtorch {Version} in '{Folder}', which fails the self-test: {failure}. To put it right, {LibTorchVersion.Cure}");

        // On stderr, because what a program prints may be for another program to read; a library has no other place to say it.
        if (!LibTorchVersion.Is(Version!, LibTorchVersion.Needed))
            Console.Error.WriteLine($"libtorch {Version} in '{Folder}' is not the {LibTorchVersion.Needed} that TorchSharp was built for; it passed the self-test.");
    }

    private ChosenLibTorch WhereItFits() => LibTorchVersion.Is(Version!, LibTorchVersion.Needed) || LibTorchVersion.Is(Version!, LibTorchVersion.Next)
        ? this
        : throw new ModelGenException(
            $"{By} names libtorch {Version} in '{Folder}', but this program needs libtorch {LibTorchVersion.Needed} "
            + $"(or {LibTorchVersion.Next}, if that passes a self-test): {LibTorchVersion.Cure}");
}
