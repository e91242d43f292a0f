using System.Runtime.InteropServices;

namespace ModelGen.Tool.Doctor;

/// <summary>NVIDIA's driver, without libtorch: what it is for decides which CUDA can run.</summary>
internal static class NvidiaDriver
{
    [UnmanagedFunctionPointer(CallingConvention.StdCall)]
    private delegate int GetVersion(out int version);

    /// <summary>The newest CUDA that it is for, such as <c>12.8</c> (<c>cuDriverGetVersion</c>), or null without a driver.</summary>
    public static string? CudaVersion()
    {
        if (!NativeLibrary.TryLoad(OperatingSystem.IsWindows() ? "nvcuda.dll" : "libcuda.so.1", out var driver)
            || !NativeLibrary.TryGetExport(driver, "cuDriverGetVersion", out var function)
            || Marshal.GetDelegateForFunctionPointer<GetVersion>(function)(out var version) != 0)
        {
            return null;
        }

        // 12080 is 12.8.
        return FormattableString.Invariant($"{version / 1000}.{version % 1000 / 10}");
    }
}
