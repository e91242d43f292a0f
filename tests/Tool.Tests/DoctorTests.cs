using ModelGen.Tool.Doctor;
using ModelGen.Tool.Verbs;

namespace ModelGen.Tests;

/// <summary><c>modelgen doctor</c>: what a machine lacks, and what to do about it.</summary>
public sealed class DoctorTests
{
    [Fact]
    public void A_machine_that_runs_these_tests_is_well()
    {
        var said = Command.Succeed("doctor");

        foreach (var part in (string[])["ModelGen", "SDK", "runtime", "system", "TorchSharp", "libtorch", "loads", "library", "self-test"])
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
            var (place, found) = LibTorchCheckup.Search(Environment.CurrentDirectory, named: null);

            Assert.Null(place);
            Assert.StartsWith("BAD   libtorch   not where MODELGEN_LIBTORCH says\n", found.ToString(), StringComparison.Ordinal);
            Assert.Contains("which is not there: name a folder with ", found.Cure, StringComparison.Ordinal);
        }
        finally
        {
            Environment.SetEnvironmentVariable("MODELGEN_LIBTORCH", before);
        }
    }

    [Fact]
    public void CUDA_is_no_duty_and_the_way_to_it_is_named()
    {
        Assert.Equal("ok    CUDA       1 device, a driver for CUDA 12.8\n", LibTorchCheckup.Cuda(isAvailable: true, 1, isBuiltFor: true, "12.8").ToString());
        Assert.Contains("-> with an NVIDIA device, build with -p:TorchBackend=cuda", LibTorchCheckup.Cuda(isAvailable: false, 0, isBuiltFor: false, "12.8").ToString(), StringComparison.Ordinal);
        Assert.Equal(
            "note  CUDA       no NVIDIA driver: training runs on the CPU\n                 -> install NVIDIA's driver, as new as this libtorch's CUDA.\n",
            LibTorchCheckup.Cuda(isAvailable: false, 0, isBuiltFor: true, driver: null).ToString());
        Assert.StartsWith(
            "note  CUDA       no device answers to this libtorch, with a driver for CUDA 11.4: ",
            LibTorchCheckup.Cuda(isAvailable: false, 0, isBuiltFor: true, "11.4").ToString(),
            StringComparison.Ordinal);
    }

    [Fact]
    public void A_failed_self_test_is_told_with_what_to_do() => Assert.Equal(
        "BAD   self-test  exceptions: none came\n                 -> install PyTorch 2.10, or download libtorch 2.10.\n", LibTorchCheckup.OfSelfTest("exceptions: none came").ToString());

    [Theory]
    [InlineData("<ModelGenTorch>false</ModelGenTorch>", "")]
    [InlineData("", """<PackageReference Include="TorchSharp" ExcludeAssets="all" />""")]
    public void A_project_that_leaves_TorchSharp_out_needs_no_libtorch(string property, string item)
    {
        using var folder = new TempFolder();
        folder.Write("Net.csproj", System.Text.Encoding.UTF8.GetBytes($"<Project><PropertyGroup>{property}</PropertyGroup><ItemGroup>{item}</ItemGroup></Project>"));

        Assert.False(DoctorVerb.NeedsLibTorch(folder.Path, libTorch: null));
        Assert.True(DoctorVerb.NeedsLibTorch(folder.Path, libTorch: "/opt/libtorch"));
    }

    [Fact]
    public void Another_project_needs_it_and_a_folder_without_one_does_not()
    {
        using var folder = new TempFolder();
        Assert.False(DoctorVerb.NeedsLibTorch(folder.Path, libTorch: null));

        folder.Write("Net.csproj", "<Project><PropertyGroup><ModelGenTorch>true</ModelGenTorch></PropertyGroup></Project>"u8);
        Assert.True(DoctorVerb.NeedsLibTorch(folder.Path, libTorch: null));
    }

    [Fact]
    public void What_nobody_needs_is_nothing_bad()
    {
        Assert.Equal("note  libtorch   none (only networks that TorchSharp computes need it)\n", new Checkup(Health.Bad, "libtorch", "none").AsNote().ToString());
        Assert.Equal("ok    libtorch   /lib\n", new Checkup(Health.Good, "libtorch", "/lib").AsNote().ToString());
    }
}
