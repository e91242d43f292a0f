using ModelGen.Torch;

namespace ModelGen.Tests.Torch;

public sealed class NativeFoldersTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

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

        var elsewhere = new ChosenLibTorch("--libtorch", "elsewhere", null);

        NativeFolders.RefuseTwoLibTorches(elsewhere with { Folder = own }, [_folder.Path, own]);
        NativeFolders.RefuseTwoLibTorches(elsewhere, [_folder.Path]);
        var error = Assert.Throws<ModelGenException>(() => NativeFolders.RefuseTwoLibTorches(elsewhere, [_folder.Path, own]));

        Assert.StartsWith("--libtorch names 'elsewhere', but the program brings its own libtorch in '", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("build it with -p:TorchBackend=none, or leave --libtorch out.", error.Message, StringComparison.Ordinal);
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
