using ModelGen.Tool.Doctor;

namespace ModelGen.Tests;

/// <summary><c>modelgen doctor</c>: what a machine lacks, and what to do about it.</summary>
public sealed class DoctorTests
{
    [Fact]
    public void A_machine_that_runs_these_tests_is_well()
    {
        var said = Command.Succeed("doctor");

        foreach (var part in (string[])["ModelGen", "SDK", "runtime", "system", "TorchSharp", "libtorch", "loads"])
            Assert.Matches($"(?m)^ok    {part} ", said);
        Assert.Matches("(?m)^(ok|note) +CUDA ", said);
    }

    [Theory]
    [InlineData(null, "BAD   SDK        there is no dotnet on PATH")]
    [InlineData("", "BAD   SDK        none")]
    [InlineData("8.0.100 [/usr/share/dotnet/sdk]\n9.0.1 [/sdk]\n", "BAD   SDK        9.0.1 [/sdk], which is older than ModelGen's compiler")]
    [InlineData("8.0.100 [/sdk]\n10.0.100 [/sdk]\n", "ok    SDK        10.0.100 [/sdk]")]
    public void The_SDK_must_be_new_enough(string? listed, string line) => Assert.StartsWith(line + "\n", DotnetCheckup.Sdk(listed).ToString(), StringComparison.Ordinal);

    [Theory]
    [InlineData(33, "ok    libstdc++  GLIBCXX_3.4.33 in /lib/x.so\n")]
    [InlineData(30, "ok    libstdc++  GLIBCXX_3.4.30 in /lib/x.so: TorchSharp asks for GLIBCXX_3.4.32, which ModelGen makes up for\n")]
    [InlineData(28, "BAD   libstdc++  GLIBCXX_3.4.28 in /lib/x.so\n                 -> run on Debian 12, Ubuntu 22.04 or newer, or put a newer libstdc++.so.6 on LD_LIBRARY_PATH.\n")]
    public void An_old_libstdcxx_is_told(int newest, string line) => Assert.Equal(
        line, SystemCheckup.LibStdCxx(new HashSet<string>(Enumerable.Range(1, newest).Select(number => $"GLIBCXX_3.4.{number}").Append("CXXABI_1.3")), "/lib/x.so").ToString());

    [Fact]
    public void A_folder_that_the_environment_names_in_vain_is_told()
    {
        var before = Environment.GetEnvironmentVariable("MODELGEN_LIBTORCH");
        Environment.SetEnvironmentVariable("MODELGEN_LIBTORCH", "/nowhere/at/all");
        try
        {
            var (place, found) = LibTorchCheckup.Search(Environment.CurrentDirectory);

            Assert.Null(place);
            Assert.StartsWith("BAD   libtorch   not where MODELGEN_LIBTORCH says\n", found.ToString(), StringComparison.Ordinal);
            Assert.Contains("which is not there: set it to one with ", found.Cure, StringComparison.Ordinal);
        }
        finally
        {
            Environment.SetEnvironmentVariable("MODELGEN_LIBTORCH", before);
        }
    }

    [Fact]
    public void CUDA_is_no_duty_and_the_way_to_it_is_named()
    {
        Assert.Equal("ok    CUDA       1 device\n", LibTorchCheckup.Cuda(isAvailable: true, 1, isBuiltFor: true).ToString());
        Assert.Contains("-> install NVIDIA's driver", LibTorchCheckup.Cuda(isAvailable: false, 0, isBuiltFor: true).ToString(), StringComparison.Ordinal);
        Assert.Contains("-> with an NVIDIA device, build with -p:TorchBackend=cuda", LibTorchCheckup.Cuda(isAvailable: false, 0, isBuiltFor: false).ToString(), StringComparison.Ordinal);
    }
}
