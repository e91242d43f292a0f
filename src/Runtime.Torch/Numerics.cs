using System.Runtime.InteropServices;
using TorchSharp;

namespace ModelGen.Torch;

/// <summary>How libtorch rounds on CUDA, and which of several algorithms it takes: settings of the process, all set, so that no default of a version decides.</summary>
internal static partial class Numerics
{
    /// <summary>
    /// The work space that makes cuBLAS give the same bits each time; libtorch refuses to be deterministic without this variable (NVIDIA's cuBLAS
    /// documentation, "Results reproducibility").
    /// </summary>
    private const string CuBlasWorkspace = "CUBLAS_WORKSPACE_CONFIG";

    /// <summary>Sets them for the rest of the process.</summary>
    /// <param name="tf32">Whether float32 products may be rounded to TensorFloat-32 on CUDA: 10 bits of mantissa instead of 23.</param>
    /// <param name="deterministic">Whether every operation must give the same bits each time.</param>
    /// <exception cref="ModelGenException">Determinism can't be set on this system.</exception>
    public static void Configure(bool tf32, bool deterministic)
    {
        torch.backends.cuda.matmul.allow_tf32 = tf32;
        torch.backends.cudnn.allow_tf32 = tf32;
        if (!GlobalContext.IsReachable)
        {
            if (deterministic)
                throw new ModelGenException("--deterministic is there on Linux only: TorchSharp has no way to the setting, and elsewhere libtorch's functions for it have other names. Leave it out.");
            return;
        }

        // All batches of a run but the last of an epoch have one shape, so that measuring once pays.
        GlobalContext.CuDnnBenchmark = !deterministic;
        GlobalContext.CuDnnDeterministic = deterministic;
        GlobalContext.DeterministicAlgorithms = deterministic;

        // The C library's own table, because .NET keeps another, which libtorch does not see. What the user has set stays.
        if (deterministic)
            _ = SetEnvironment(CuBlasWorkspace, ":4096:8", overwrite: 0);
    }

    /// <summary>What is set, as it stands behind the device in a run's record.</summary>
    public static IEnumerable<string> Words(DeviceType device)
    {
        if (device == DeviceType.CUDA)
            yield return torch.backends.cuda.matmul.allow_tf32 ? "TF32" : "float32 without TF32";
        if (!GlobalContext.IsReachable)
            yield break;
        if (device == DeviceType.CUDA && GlobalContext.CuDnnBenchmark)
            yield return "cuDNN autotuned";
        if (GlobalContext.DeterministicAlgorithms)
            yield return "deterministic";
    }

    [LibraryImport("libc.so.6", EntryPoint = "setenv", StringMarshalling = StringMarshalling.Utf8), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetEnvironment(string name, string value, int overwrite);
}
