using System.Runtime.InteropServices;
using ModelGen.Torch;

namespace ModelGen.Tests.Torch;

/// <summary>What the process is told about memory that tensors free.</summary>
public sealed class HostMemoryTests
{
    [LinuxFact]
    public void Where_the_C_library_is_glibc_it_is_kept_and_asking_again_changes_nothing()
    {
        var isGlibc = NativeLibrary.TryLoad("libc.so.6", out _);

        Assert.Equal(isGlibc, HostMemory.KeepFreed());
        Assert.Equal(isGlibc, HostMemory.KeepFreed());
    }
}
