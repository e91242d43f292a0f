using ModelGen.Torch;

namespace ModelGen.Tests.Torch;

public sealed class NativeFoldersTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_chosen_folder_may_be_the_libraries_or_the_one_above()
    {
        var libraries = Libraries("torch_cpu");

        Assert.Equal(libraries, NativeFolders.Choose(libraries));
        Assert.Equal(libraries, NativeFolders.Choose(_folder.Path + Path.DirectorySeparatorChar));
    }

    [Fact]
    public void A_chosen_folder_that_does_not_exist_is_named()
    {
        var error = Assert.Throws<ModelGenException>(() => NativeFolders.Choose(Path.Combine(_folder.Path, "nowhere")));

        Assert.StartsWith($"MODELGEN_LIBTORCH names '{_folder.Path}", error.Message, StringComparison.Ordinal);
        Assert.Contains("which is not there", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_chosen_folder_without_libtorch_is_named()
    {
        var error = Assert.Throws<ModelGenException>(() => NativeFolders.Choose(_folder.Path));

        Assert.Contains($"'{_folder.Path}', which does not hold ", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("build-version", "2.9.1+cpu\n", "2.9.1+cpu")]
    [InlineData("build-version", "2.100.0", "2.100.0")]
    [InlineData("version.py", "from typing import Optional\n__version__ = '1.13.1'\n", "1.13.1")]
    public void A_chosen_libtorch_of_another_version_is_refused(string file, string text, string version)
    {
        Libraries("torch_cpu");
        File.WriteAllText(Path.Combine(_folder.Path, file), text);

        var error = Assert.Throws<ModelGenException>(() => NativeFolders.Choose(_folder.Path));

        Assert.Contains($"names libtorch {version} in ", error.Message, StringComparison.Ordinal);
        Assert.Contains("needs libtorch 2.10:", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("build-version", "2.10.0+cu128\n")]
    [InlineData("version.py", "__version__ = '2.10.1'\n")]
    public void A_chosen_libtorch_of_the_right_version_is_taken(string file, string text)
    {
        var libraries = Libraries("torch_cpu");
        File.WriteAllText(Path.Combine(_folder.Path, file), text);

        Assert.Equal(libraries, NativeFolders.Choose(_folder.Path));
    }

    [LinuxFact]
    public void Libraries_come_in_their_order_of_loading()
    {
        var libraries = Libraries("torch", "torch_cuda", "torch_cpu", "c10_cuda", "c10", "torch_python");

        Assert.Equal(
            ["libc10.so", "libc10_cuda.so", "libtorch_cpu.so", "libtorch_cuda.so", "libtorch.so"],
            NativeFolders.LibrariesOf(libraries).Select(Path.GetFileName));
    }

    [Fact]
    public void Two_libtorches_in_one_process_are_refused()
    {
        var own = Libraries("torch_cpu");

        NativeFolders.RefuseTwoLibTorches(own, [_folder.Path, own]);
        NativeFolders.RefuseTwoLibTorches("elsewhere", [_folder.Path]);
        var error = Assert.Throws<ModelGenException>(() => NativeFolders.RefuseTwoLibTorches("elsewhere", [_folder.Path, own]));

        Assert.EndsWith("build it with -p:TorchBackend=none, or unset MODELGEN_LIBTORCH.", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("linux-musl-x64", "linux-x64", "libtorch needs glibc")]
    [InlineData("alpine.3.22-x64", "linux-x64", "libtorch needs glibc")]
    [InlineData("linux-arm64", "linux-arm64", "TorchSharp has no package for linux-arm64")]
    [InlineData("osx-x64", "osx-x64", "TorchSharp has no package for osx-x64")]
    public void A_system_without_packages_is_refused(string runtime, string package, string start) =>
        Assert.StartsWith(start, NativeFolders.Unsupported(runtime, package), StringComparison.Ordinal);

    [Theory]
    [InlineData("linux-x64", "linux-x64")]
    [InlineData("debian.12-x64", "linux-x64")]
    [InlineData("win-x64", "win-x64")]
    [InlineData("osx-arm64", "osx-arm64")]
    public void A_system_with_packages_is_fine(string runtime, string package) => Assert.Null(NativeFolders.Unsupported(runtime, package));

    private string Libraries(params string[] names)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder.Path, "lib")).FullName;
        var extension = OperatingSystem.IsWindows() ? ".dll" : OperatingSystem.IsMacOS() ? ".dylib" : ".so";
        foreach (var name in names)
            File.WriteAllText(Path.Combine(folder, (OperatingSystem.IsWindows() ? name : "lib" + name) + extension), "");
        return folder;
    }
}
