using System.Runtime.InteropServices;

namespace ModelGen.Torch;

/// <summary>
/// Settings of the process in libtorch's <c>at::Context</c> that TorchSharp 0.107 has no way to. They are methods of C++ with arguments that C# can give, called
/// by the names that GCC and Clang write on Linux (the Itanium C++ ABI); MSVC's are others, and nobody has tried those.
/// </summary>
internal static partial class GlobalContext
{
    /// <summary>The part of libtorch that has them, with CUDA too.</summary>
    public const string LibTorchCpu = "libtorch_cpu.so";

    private const string GetName = "_ZN2at13globalContextEv";
    private const string BenchmarkName = "_ZNK2at7Context14benchmarkCuDNNEv";
    private const string SetBenchmarkName = "_ZN2at7Context17setBenchmarkCuDNNEb";
    private const string DeterministicName = "_ZNK2at7Context18deterministicCuDNNEv";
    private const string SetDeterministicName = "_ZN2at7Context21setDeterministicCuDNNEb";
    private const string AlgorithmsName = "_ZNK2at7Context23deterministicAlgorithmsEv";
    private const string SetAlgorithmsName = "_ZN2at7Context26setDeterministicAlgorithmsEbb";

    /// <summary>Whether they can be reached in the libtorch that is loaded.</summary>
    public static bool IsReachable { get; } =
        new[] { GetName, BenchmarkName, SetBenchmarkName, DeterministicName, SetDeterministicName, AlgorithmsName, SetAlgorithmsName }.All(Exports);

    /// <summary>Whether the libtorch that is loaded has a function that C# can call.</summary>
    /// <param name="name">Its mangled name.</param>
    public static bool Exports(string name)
    {
        LibTorch.EnsureLoaded();
        return OperatingSystem.IsLinux() && NativeLibrary.TryLoad(LibTorchCpu, out var library) && NativeLibrary.TryGetExport(library, name, out _);
    }

    /// <summary>Whether cuDNN measures its algorithms at each new shape and takes the fastest.</summary>
    public static bool CuDnnBenchmark
    {
        get => BenchmarkCuDnn(Get());
        set => SetBenchmarkCuDnn(Get(), value);
    }

    /// <summary>Whether cuDNN takes only algorithms that give the same bits each time.</summary>
    public static bool CuDnnDeterministic
    {
        get => DeterministicCuDnn(Get());
        set => SetDeterministicCuDnn(Get(), value);
    }

    /// <summary>Whether an operation that can't give the same bits each time fails.</summary>
    public static bool DeterministicAlgorithms
    {
        get => HasDeterministicAlgorithms(Get());
        set => SetDeterministicAlgorithms(Get(), value, warnOnly: false);
    }

    [LibraryImport(LibTorchCpu, EntryPoint = GetName), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint Get();

    [LibraryImport(LibTorchCpu, EntryPoint = BenchmarkName), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [return: MarshalAs(UnmanagedType.U1)]
    private static partial bool BenchmarkCuDnn(nint context);

    [LibraryImport(LibTorchCpu, EntryPoint = SetBenchmarkName), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial void SetBenchmarkCuDnn(nint context, [MarshalAs(UnmanagedType.U1)] bool value);

    [LibraryImport(LibTorchCpu, EntryPoint = DeterministicName), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [return: MarshalAs(UnmanagedType.U1)]
    private static partial bool DeterministicCuDnn(nint context);

    [LibraryImport(LibTorchCpu, EntryPoint = SetDeterministicName), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial void SetDeterministicCuDnn(nint context, [MarshalAs(UnmanagedType.U1)] bool value);

    [LibraryImport(LibTorchCpu, EntryPoint = AlgorithmsName), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [return: MarshalAs(UnmanagedType.U1)]
    private static partial bool HasDeterministicAlgorithms(nint context);

    [LibraryImport(LibTorchCpu, EntryPoint = SetAlgorithmsName), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial void SetDeterministicAlgorithms(nint context, [MarshalAs(UnmanagedType.U1)] bool value, [MarshalAs(UnmanagedType.U1)] bool warnOnly);
}
