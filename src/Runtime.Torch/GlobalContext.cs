using System.Runtime.InteropServices;

namespace ModelGen.Torch;

/// <summary>
/// Settings of the process in libtorch's <c>at::Context</c> that TorchSharp 0.107 has no way to. They are methods of C++ with arguments that C# can give, called
/// by the names that GCC and Clang write on Linux (the Itanium C++ ABI); MSVC's are others, and nobody has tried those.
/// </summary>
internal static partial class GlobalContext
{
    private const string LibTorchCpu = "libtorch_cpu.so";

    /// <summary>Whether they can be reached on this system.</summary>
    public static bool IsReachable => OperatingSystem.IsLinux();

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

    [LibraryImport(LibTorchCpu, EntryPoint = "_ZN2at13globalContextEv"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint Get();

    [LibraryImport(LibTorchCpu, EntryPoint = "_ZNK2at7Context14benchmarkCuDNNEv"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [return: MarshalAs(UnmanagedType.U1)]
    private static partial bool BenchmarkCuDnn(nint context);

    [LibraryImport(LibTorchCpu, EntryPoint = "_ZN2at7Context17setBenchmarkCuDNNEb"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial void SetBenchmarkCuDnn(nint context, [MarshalAs(UnmanagedType.U1)] bool value);

    [LibraryImport(LibTorchCpu, EntryPoint = "_ZNK2at7Context18deterministicCuDNNEv"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [return: MarshalAs(UnmanagedType.U1)]
    private static partial bool DeterministicCuDnn(nint context);

    [LibraryImport(LibTorchCpu, EntryPoint = "_ZN2at7Context21setDeterministicCuDNNEb"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial void SetDeterministicCuDnn(nint context, [MarshalAs(UnmanagedType.U1)] bool value);

    [LibraryImport(LibTorchCpu, EntryPoint = "_ZNK2at7Context23deterministicAlgorithmsEv"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    [return: MarshalAs(UnmanagedType.U1)]
    private static partial bool HasDeterministicAlgorithms(nint context);

    [LibraryImport(LibTorchCpu, EntryPoint = "_ZN2at7Context26setDeterministicAlgorithmsEbb"), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial void SetDeterministicAlgorithms(nint context, [MarshalAs(UnmanagedType.U1)] bool value, [MarshalAs(UnmanagedType.U1)] bool warnOnly);
}
