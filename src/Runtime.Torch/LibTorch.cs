using System.Runtime.InteropServices;
using TorchSharp;

namespace ModelGen.Torch;

/// <summary>
/// Loads libtorch before the first torch call, also where TorchSharp alone can't: on Linux systems whose libstdc++ is older than
/// the one TorchSharp's native part was built with, and from a folder of the user's own: that of <see cref="Use"/>, or else the one that
/// <c>MODELGEN_LIBTORCH</c> names. Such a libtorch has to pass a self-test.
/// </summary>
public static class LibTorch
{
    /// <summary>The folder that it was loaded from.</summary>
    private static readonly Lazy<string> Loaded = new(Load);

    private static ChosenLibTorch? _used;

    /// <summary>
    /// Chooses a libtorch: the <c>torch/lib</c> of a PyTorch install, a download, or a package's <c>native</c>. Call it before the first network is made, in a
    /// program that brings no libtorch of its own. It holds over <c>MODELGEN_LIBTORCH</c>; nothing is loaded yet.
    /// </summary>
    /// <param name="folder">The folder with the libraries, or the one above their <c>lib</c>.</param>
    /// <exception cref="ModelGenException">There is no libtorch of a version that fits, or another one is loaded already.</exception>
    public static void Use(string folder)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(folder);
        var chosen = ChosenLibTorch.At(folder, ChosenLibTorch.Option);
        if (Loaded.IsValueCreated && Loaded.Value != chosen.Folder)
            throw new ModelGenException($"libtorch is loaded from '{Loaded.Value}' already: choose '{chosen.Folder}' before the first network is made.");
        _used = chosen;
    }

    /// <summary>Loads libtorch and TorchSharp's native part, once per process; later calls cost a field read. Safe from any thread.</summary>
    /// <exception cref="ModelGenException">They can't be loaded, or do not pass the self-test; the message says what to install or to name. Later calls throw the same.</exception>
    public static void EnsureLoaded() => _ = Loaded.Value;

    /// <summary>
    /// Loads libtorch and gives <paramref name="name"/> back, for a module's constructor: <c>: base(LibTorch.LoadedFor("ConvNet"))</c> is the
    /// only place before the base class's first call into it. A static constructor would run too early, for everything the class has.
    /// </summary>
    /// <param name="name">The module's name.</param>
    /// <exception cref="ModelGenException">As <see cref="EnsureLoaded"/>.</exception>
    public static string LoadedFor(string name)
    {
        EnsureLoaded();
        return name;
    }

    /// <summary>
    /// Prepares a program that trains: loads libtorch, says how many threads it computes with, and seeds the random numbers of the CPU and of every
    /// CUDA device. On Linux the process keeps the memory that tensors free, for the next step.
    /// </summary>
    /// <param name="threads">Threads for computing on the CPU: at least 1, or 0 to leave the choice to libtorch.</param>
    /// <param name="seed">What decides libtorch's random numbers: initial weights, dropout.</param>
    /// <param name="tf32">Whether float32 products may be rounded to TensorFloat-32 on CUDA, which is faster and less exact; without it CUDA computes as the CPU does.</param>
    /// <param name="deterministic">Whether every operation must give the same bits each time, or else fail; without it cuDNN measures its algorithms and takes the fastest.</param>
    /// <exception cref="ModelGenException">libtorch can't be loaded, or can't be made deterministic on this system.</exception>
    public static void Configure(int threads, int seed, bool tf32 = false, bool deterministic = false)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(threads);
        EnsureLoaded();
        HostMemory.KeepFreed();
        Numerics.Configure(tf32, deterministic);
        if (threads > 0)
            torch.set_num_threads(threads);

        // TorchSharp's manual_seed reaches the CPU's generator alone.
        torch.random.manual_seed(seed).Dispose();
        if (torch.cuda.is_available())
            torch.cuda.manual_seed_all(seed);
    }

    private static string Load()
    {
        if (NativeFolders.Unsupported() is { } unsupported)
            throw new ModelGenException(unsupported);
        var program = NativeFolders.OfProgram();
        var chosen = _used ?? ChosenLibTorch.OfEnvironment();
        var folder = chosen?.Folder ?? NativeFolders.WithLibTorch(program) ?? throw new ModelGenException(NativeFolders.NoLibTorch());
        chosen = OperatingSystem.IsLinux() ? LoadOnLinux(folder, chosen, program) : LoadElsewhere(chosen);

        // The one of a package was tested with this TorchSharp.
        chosen?.Prove();
        return folder;
    }

    /// <summary>
    /// Opens libtorch from its folder and then TorchSharp's native part (the shim), whose dependencies bind to what is open already.
    /// TorchSharp, too, then finds both open, by their names.
    /// </summary>
    private static ChosenLibTorch? LoadOnLinux(string folder, ChosenLibTorch? chosen, IReadOnlyList<string> program)
    {
        if (chosen is not null)
            NativeFolders.RefuseTwoLibTorches(chosen, program);
        var shim = NativeFolders.Shim(program);
        var files = NativeFolders.LibrariesOf(folder).ToList();
        foreach (var file in files.Append(shim))
            ElfFile.CheckWhole(file);
        var libraries = files.ConvertAll(SharedObject.Open);
        chosen = chosen?.Opened(libraries[^1]);
        var handle = NativeShim.Open(shim, chosen is null ? "libtorch" : $"libtorch {chosen.Version} in '{folder}'", libraries);
        try
        {
            NativeLibrary.SetDllImportResolver(typeof(torch).Assembly, (name, _, _) => name == "LibTorchSharp" ? handle : 0);
        }
        catch (InvalidOperationException)
        {
            // The program resolves TorchSharp's imports itself. By its name the system loader still gives it the shim that is open.
        }

        return chosen;
    }

    /// <summary>Windows and macOS need no more than TorchSharp's own loading; a chosen libtorch is opened before it looks for one.</summary>
    private static ChosenLibTorch? LoadElsewhere(ChosenLibTorch? chosen)
    {
        try
        {
            foreach (var file in chosen is null ? [] : NativeFolders.LibrariesOf(chosen.Folder))
            {
                var library = NativeLibrary.Load(file);
                if (Path.GetFileName(file) == NativeFolders.FileName("torch_cpu"))
                    chosen = chosen!.Opened(library);
            }

            torch.InitializeDeviceType(DeviceType.CPU);
            return chosen;
        }
        catch (Exception error) when (Cause(error) is DllNotFoundException or BadImageFormatException or NotSupportedException)
        {
            // The first line says it; TorchSharp goes on with a trace of all that it tried.
            var cause = Cause(error).Message.Split('\n', 2)[0].TrimEnd();
            var cure = OperatingSystem.IsWindows() ? "install the Visual C++ redistributable, and " : "";
            throw new ModelGenException($"libtorch cannot be loaded: {cause} To put it right, {cure}restore and build the program again.", error);
        }
    }

    /// <summary>What went wrong in TorchSharp's static constructor, which is where it loads libtorch, or outside of it.</summary>
    private static Exception Cause(Exception error) => error is TypeInitializationException { InnerException: { } inner } ? inner : error;
}
