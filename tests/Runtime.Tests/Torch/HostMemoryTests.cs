using System.Runtime.InteropServices;
using ModelGen.Torch;

namespace ModelGen.Tests.Torch;

/// <summary>What the process is told about memory that tensors free.</summary>
public sealed class HostMemoryTests
{
    [LinuxFact]
    public void Where_the_C_library_is_glibc_and_the_user_has_not_decided_it_is_kept_and_asking_again_changes_nothing()
    {
        var isKept = NativeLibrary.TryLoad("libc.so.6", out _) && !HostMemory.IsDecided;

        Assert.Equal(isKept, HostMemory.KeepFreed());
        Assert.Equal(isKept, HostMemory.KeepFreed());
    }
}
