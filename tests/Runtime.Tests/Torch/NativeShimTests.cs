using ModelGen.Torch;

namespace ModelGen.Tests.Torch;

public sealed class NativeShimTests
{
    private static readonly VersionNeed Glibc = new("libc.so.6", "GLIBC_2.34", 0);
    private static readonly VersionNeed Wait = new("libstdc++.so.6", "GLIBCXX_3.4.30", 16);
    private static readonly VersionNeed IosInit = new("libstdc++.so.6", "GLIBCXX_3.4.32", 32);

    [Fact]
    public void Missing_is_what_a_known_library_does_not_offer()
    {
        HashSet<string> debian12 = ["GLIBCXX_3.4.29", "GLIBCXX_3.4.30"];

        var missing = NativeShim.Missing([Glibc, Wait, IosInit], library => library == "libstdc++.so.6" ? debian12 : null);

        Assert.Equal([IosInit], missing);
    }

    [Fact]
    public void The_version_whose_symbol_is_never_called_can_be_missing()
    {
        Assert.Null(NativeShim.Refusal([IosInit]));
        Assert.Null(NativeShim.Refusal([]));
    }

    [Fact]
    public void An_older_libstdcxx_is_refused_with_what_would_do()
    {
        Assert.Equal(
            "This system is too old for TorchSharp, which needs GLIBCXX_3.4.30 of libstdc++.so.6: "
            + "run on a system with GCC 12's libstdc++ or newer, such as Debian 12 or Ubuntu 22.04, "
            + "or put a newer libstdc++.so.6 on LD_LIBRARY_PATH.",
            NativeShim.Refusal([Wait, IosInit]));
    }

    [Fact]
    public void An_older_glibc_is_refused_as_such()
    {
        Assert.Equal(
            "This system is too old for TorchSharp, which needs GLIBC_2.34 of libc.so.6, GLIBCXX_3.4.30 of libstdc++.so.6: "
            + "run on a system with glibc 2.34 or newer, such as Debian 12 or Ubuntu 22.04.",
            NativeShim.Refusal([Glibc, Wait, IosInit]));
    }

    [Fact]
    public void Functions_that_libtorch_lacks_are_counted_and_the_first_is_named()
    {
        // The mark of iostream is never called, so that it may be missing.
        string[] needed = ["_ZSt21ios_base_library_initv", "at_add", "at_sub", "at_mul"];

        Assert.Null(NativeShim.Lacking("libtorch", needed, symbol => symbol.StartsWith("at_", StringComparison.Ordinal)));
        Assert.Equal(
            "libtorch 2.11.0 in '/lib' lacks 2 of the 4 functions that it calls, at_sub the first of them",
            NativeShim.Lacking("libtorch 2.11.0 in '/lib'", needed, symbol => symbol == "at_add"));
    }

    [Fact]
    public void A_copy_is_kept_under_its_hash_and_used_again()
    {
        using var home = new TempFolder();

        var path = PatchedCopy.TryKeep(home.Path, "lib.so", new byte[] { 1, 2, 3 })!;

        Assert.Equal(Path.Combine(home.Path, "modelgen", "native", "039058c6f2c0cb49", "lib.so"), path);
        Assert.Equal([1, 2, 3], File.ReadAllBytes(path));
        File.SetLastWriteTimeUtc(path, DateTime.UnixEpoch);
        Assert.Equal(path, PatchedCopy.TryKeep(home.Path, "lib.so", new byte[] { 1, 2, 3 }));
        Assert.Equal(DateTime.UnixEpoch, File.GetLastWriteTimeUtc(path));
        Assert.Single(Directory.GetFiles(home.Path, "*", SearchOption.AllDirectories));
    }

    [Theory]
    [InlineData(new byte[] { })]
    [InlineData(new byte[] { 1, 2 })]
    [InlineData(new byte[] { 1, 2, 4 })]
    [InlineData(new byte[] { 1, 2, 3, 4 })]
    public void A_copy_that_was_changed_is_written_again(byte[] changed)
    {
        using var home = new TempFolder();
        var path = PatchedCopy.TryKeep(home.Path, "lib.so", new byte[] { 1, 2, 3 })!;
        File.WriteAllBytes(path, changed);

        Assert.Equal(path, PatchedCopy.TryKeep(home.Path, "lib.so", new byte[] { 1, 2, 3 }));

        Assert.Equal([1, 2, 3], File.ReadAllBytes(path));
    }

    [Fact]
    public void Without_a_folder_to_write_nothing_is_kept()
    {
        using var home = new TempFolder();
        var file = Path.Combine(home.Path, "file");
        File.WriteAllText(file, "");

        Assert.Null(PatchedCopy.TryKeep("", "lib.so", new byte[] { 1 }));
        Assert.Null(PatchedCopy.TryKeep(file, "lib.so", new byte[] { 1 }));
    }
}
