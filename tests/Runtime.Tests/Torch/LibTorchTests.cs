using System.Runtime.InteropServices;
using ModelGen.Torch;
using TorchSharp;

namespace ModelGen.Tests.Torch;

[Collection(OneAfterTheOther.Name)]
public sealed class LibTorchTests
{
    [Fact]
    public void Once_loaded_a_convolution_with_batch_norm_trains()
    {
        LibTorch.EnsureLoaded();
        LibTorch.EnsureLoaded();
        using var scope = torch.NewDisposeScope();
        using var convolution = torch.nn.Conv2d(3, 4, 3);
        using var norm = torch.nn.BatchNorm2d(4);

        norm.forward(convolution.forward(torch.rand(2, 3, 8, 8))).square().mean().backward();

        var gradient = convolution.weight.grad;
        Assert.NotNull(gradient);
        Assert.Equal([4, 3, 3, 3], gradient.shape);
        Assert.True(gradient.isfinite().all().ToBoolean());
        Assert.True(gradient.abs().sum().ToSingle() > 0);
    }

    [LinuxFact]
    public void A_patched_copy_is_open_exactly_where_the_host_is_too_old()
    {
        LibTorch.EnsureLoaded();
        var shim = NativeFolders.Shim(NativeFolders.OfProgram());
        var host = NativeShim.Offered("libstdc++.so.6");
        Assert.NotNull(host);

        var open = SharedObject.PathOf("libLibTorchSharp.so");

        Assert.Equal(host.Contains("GLIBCXX_3.4.32"), open == shim);
    }

    [LinuxFact]
    public void A_library_that_cannot_be_opened_is_reported_in_the_loaders_words()
    {
        Assert.Equal(0, SharedObject.TryOpenBound("/nowhere/lib.so", out var error));
        Assert.Contains("/nowhere/lib.so: cannot open shared object file", error, StringComparison.Ordinal);
    }

    [Fact]
    public void The_version_asked_of_a_chosen_libtorch_is_TorchSharps()
    {
        LibTorch.EnsureLoaded();

        Assert.StartsWith(LibTorchVersion.Needed + ".", torch.__version__, StringComparison.Ordinal);
    }

    [Fact]
    public void The_library_itself_tells_its_version()
    {
        LibTorch.EnsureLoaded();
        var folder = NativeFolders.WithLibTorch(NativeFolders.OfProgram());

        var version = LibTorchVersion.StatedBy(NativeLibrary.Load(Path.Combine(folder!, NativeFolders.FileName("torch_cpu"))));

        Assert.StartsWith("2.10.", version, StringComparison.Ordinal);
    }

    [Fact]
    public void Another_libtorch_than_the_loaded_one_comes_too_late()
    {
        using var folder = new TempFolder();
        File.WriteAllText(folder[NativeFolders.FileName("torch_cpu")], "");
        LibTorch.EnsureLoaded();

        var error = Assert.Throws<ModelGenException>(() => LibTorch.Use(folder.Path));

        Assert.Matches("^libtorch is loaded from '.+' already: choose '.+' before the first network is made\\.$", error.Message);
    }

    [Fact]
    public void The_same_seed_gives_the_same_numbers()
    {
        LibTorch.Configure(0, 7);
        using var first = torch.rand(4);
        LibTorch.Configure(0, 7);
        using var again = torch.rand(4);
        LibTorch.Configure(0, 8);
        using var other = torch.rand(4);

        Assert.Equal(first.data<float>().ToArray(), again.data<float>().ToArray());
        Assert.NotEqual(first.data<float>().ToArray(), other.data<float>().ToArray());
    }

    [Fact]
    public void Threads_are_set_when_given_and_left_alone_when_0()
    {
        LibTorch.EnsureLoaded();
        var before = torch.get_num_threads();
        try
        {
            LibTorch.Configure(3, 1);
            LibTorch.Configure(0, 1);

            Assert.Equal(3, torch.get_num_threads());
        }
        finally
        {
            torch.set_num_threads(before);
        }
    }

    [Fact]
    public void A_negative_number_of_threads_is_a_programming_error() => Assert.Throws<ArgumentOutOfRangeException>(() => LibTorch.Configure(-1, 1));
}
