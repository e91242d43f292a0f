using ModelGen.Torch;

namespace ModelGen.Tests.Torch;

/// <summary>A libtorch of the user's own is looked at before anything of it is loaded.</summary>
public sealed class ChosenLibTorchTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_folder_may_be_the_libraries_or_the_one_above()
    {
        var libraries = Libraries();

        Assert.Equal(libraries, ChosenLibTorch.At(libraries, "--libtorch").Folder);
        Assert.Equal(libraries, ChosenLibTorch.At(_folder.Path + Path.DirectorySeparatorChar, "--libtorch").Folder);
    }

    [Fact]
    public void A_folder_that_does_not_exist_is_named()
    {
        var error = Assert.Throws<ModelGenException>(() => ChosenLibTorch.At(_folder["nowhere"], "MODELGEN_LIBTORCH"));

        Assert.StartsWith($"MODELGEN_LIBTORCH names '{_folder["nowhere"]}', which is not there: name a folder with ", error.Message, StringComparison.Ordinal);
        Assert.EndsWith(", or leave MODELGEN_LIBTORCH out.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_folder_is_named()
    {
        var error = Assert.Throws<ModelGenException>(() => ChosenLibTorch.At(_folder.Path, "--libtorch"));

        Assert.StartsWith($"--libtorch names '{_folder.Path}', which does not hold ", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("build-version", "2.9.1+cpu\n", "2.9.1+cpu")]
    [InlineData("build-version", "2.100.0", "2.100.0")]
    [InlineData("build-version", "2.12.0.dev20260101+cu130", "2.12.0.dev20260101+cu130")]
    [InlineData("build-version", "3.0.0", "3.0.0")]
    [InlineData("version.py", "from typing import Optional\n__version__ = '1.13.1'\n", "1.13.1")]
    public void Another_version_is_refused(string file, string text, string version)
    {
        var libraries = Libraries();
        File.WriteAllText(_folder[file], text);

        var error = Assert.Throws<ModelGenException>(() => ChosenLibTorch.At(_folder.Path, "--libtorch"));

        Assert.Equal(
            $"--libtorch names libtorch {version} in '{libraries}', but this program needs libtorch 2.10 (or 2.11, if that passes a self-test): "
            + "install PyTorch 2.10, or download libtorch 2.10.",
            error.Message);
    }

    [Theory]
    [InlineData("build-version", "2.10.0+cu128\n", "2.10.0+cu128")]
    [InlineData("build-version", "2.11.0+cu130\n", "2.11.0+cu130")]
    [InlineData("version.py", "__version__ = '2.10.1'\n", "2.10.1")]
    public void A_version_that_may_fit_is_taken(string file, string text, string version)
    {
        Libraries();
        File.WriteAllText(_folder[file], text);

        Assert.Equal(version, ChosenLibTorch.At(_folder.Path, "--libtorch").Version);
    }

    [Fact]
    public void A_libtorch_that_neither_states_its_version_nor_knows_it_is_too_old()
    {
        var chosen = ChosenLibTorch.At(Libraries(), "--libtorch");
        Assert.Null(chosen.Version);

        var error = Assert.Throws<ModelGenException>(() => chosen.Opened(System.Runtime.InteropServices.NativeLibrary.GetMainProgramHandle()));

        Assert.Contains(" names libtorch of an old version in ", error.Message, StringComparison.Ordinal);
    }

    private string Libraries()
    {
        var folder = Directory.CreateDirectory(_folder["lib"]).FullName;
        File.WriteAllText(Path.Combine(folder, NativeFolders.FileName("torch_cpu")), "");
        return folder;
    }
}
