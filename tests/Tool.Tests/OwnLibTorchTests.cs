namespace ModelGen.Tests;

/// <summary>
/// A libtorch of the user's own, in a process that has none: what is loaded, and what is refused. Its libraries are those of the restored package, or of
/// Debian's PyTorch; what the folder says of their version may be a lie.
/// </summary>
public sealed class OwnLibTorchTests : IDisposable
{
    private const string DebiansTorch = "/usr/lib/python3/dist-packages/torch/lib";

    /// <summary>A package's folder, as it is restored.</summary>
    private static readonly string Restored = Path.Combine(AppContext.BaseDirectory, "runtimes", "linux-x64", "native");

    /// <summary>The command as it is built: unlike these tests, it has no libtorch beside it.</summary>
    private static readonly string Modelgen =
        Path.Combine(AppContext.BaseDirectory.Replace(Path.Combine("tests", "Tool.Tests"), Path.Combine("src", "Tool"), StringComparison.Ordinal), "modelgen.dll");

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [LinuxFact]
    public void A_packages_folder_is_loaded_and_every_library_named()
    {
        var (exitCode, said) = Doctor(Restored);

        Assert.True(exitCode == 0, said);
        Assert.Contains($"\nok    libtorch   {Restored}, named by --libtorch\n", said, StringComparison.Ordinal);
        foreach (var library in (string[])["libc10.so", "libtorch_cpu.so", "libtorch.so"])
            Assert.Contains($"\nok    library    {Path.Combine(Restored, library)}, of libtorch 2.10.0\n", said, StringComparison.Ordinal);
        Assert.Matches("\nok    library    /.+/libLibTorchSharp.so, of TorchSharp 0.107.0\n", said);
        Assert.Contains("\nok    self-test  element types, convolution and batch norm, exceptions\n", said, StringComparison.Ordinal);
        Assert.Matches("\n(ok|note) +CUDA ", said);
        Assert.DoesNotContain("passed the self-test", said, StringComparison.Ordinal);
    }

    [LinuxFact]
    public void The_folder_of_a_Python_install_is_loaded()
    {
        Link(Restored, "torch/lib");
        File.WriteAllText(_folder["torch/version.py"], "from typing import Optional\n__version__ = '2.10.0+cu128'\n");

        var (exitCode, said) = Doctor(_folder["torch/lib"]);

        Assert.True(exitCode == 0, said);
        Assert.Contains($"\nok    library    {_folder["torch/lib/libtorch_cpu.so"]}, of libtorch 2.10.0+cu128\n", said, StringComparison.Ordinal);
    }

    [LinuxFact]
    public void The_option_holds_over_the_environment()
    {
        Link(Restored, "lib");

        var (exitCode, said) = Doctor(_folder.Path, ("MODELGEN_LIBTORCH", "/nowhere"));

        Assert.True(exitCode == 0, said);
        Assert.Contains($"{_folder["lib"]}, named by --libtorch\n", said, StringComparison.Ordinal);
    }

    [LinuxFact]
    public void The_next_version_is_taken_after_the_self_test_and_that_is_said()
    {
        Link(Restored, "lib");
        File.WriteAllText(_folder["build-version"], "2.11.0+cpu\n");

        var (exitCode, said) = Doctor(_folder.Path);

        Assert.True(exitCode == 0, said);
        Assert.EndsWith($"\nlibtorch 2.11.0+cpu in '{_folder["lib"]}' is not the 2.10 that TorchSharp was built for; it passed the self-test.", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2.9.1")]
    [InlineData("2.12.0")]
    [InlineData("3.0.0")]
    public void Any_other_version_is_refused_before_it_is_loaded(string version)
    {
        // No libraries: whoever opened them would say something else.
        Directory.CreateDirectory(_folder["lib"]);
        File.WriteAllText(_folder[OperatingSystem.IsWindows() ? "lib/torch_cpu.dll" : OperatingSystem.IsMacOS() ? "lib/libtorch_cpu.dylib" : "lib/libtorch_cpu.so"], "");
        File.WriteAllText(_folder["build-version"], version);

        var (exitCode, said) = Doctor(_folder.Path);

        Assert.Equal(1, exitCode);
        Assert.Contains(
            $"\nBAD   libtorch   not where --libtorch says\n                 -> --libtorch names libtorch {version} in '{_folder["lib"]}', but this program needs libtorch 2.10 ",
            said,
            StringComparison.Ordinal);
    }

    [DebianFact]
    public void Debians_version_is_refused()
    {
        var (exitCode, said) = Doctor(DebiansTorch);

        Assert.Equal(1, exitCode);
        Assert.Matches($"--libtorch names libtorch 1\\.[0-9.a]+ in '{DebiansTorch}', but this program needs libtorch 2.10 ", said);
    }

    [DebianFact]
    public void A_version_that_is_a_lie_is_found_out_by_the_functions_that_are_missing()
    {
        Link(DebiansTorch, "lib");
        File.WriteAllText(_folder["build-version"], "2.11.0");

        var (exitCode, said) = Doctor(_folder.Path);

        Assert.Equal(1, exitCode);
        Assert.Matches(
            $@"-> TorchSharp cannot be loaded: libtorch 2\.11\.0 in '{_folder["lib"]}' lacks \d+ of the 1,314 functions that it calls, _Z\w+ the first of them: install PyTorch 2\.10, or download libtorch 2\.10\.",
            said);
    }

    [DebianFact]
    public void A_library_that_does_not_say_its_version_is_refused_before_TorchSharp_calls_it()
    {
        Link(DebiansTorch, "lib");

        var (exitCode, said) = Doctor(_folder.Path);

        Assert.Equal(1, exitCode);
        Assert.Contains($"-> --libtorch names libtorch of an old version in '{_folder["lib"]}', but this program needs libtorch 2.10 ", said, StringComparison.Ordinal);
    }

    [LinuxFact]
    public void A_library_that_was_cut_off_is_named()
    {
        Link(Restored, "lib");
        var whole = File.ReadAllBytes(Path.Combine(Restored, "libc10.so"));
        File.Delete(_folder["lib/libc10.so"]);
        File.WriteAllBytes(_folder["lib/libc10.so"], whole[..100_000]);

        var (exitCode, said) = Doctor(_folder.Path);

        Assert.Equal(1, exitCode);
        Assert.Contains($"-> '{_folder["lib/libc10.so"]}' is damaged or incomplete: ", said, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_folder_is_refused()
    {
        var (exitCode, said) = Doctor(_folder.Path);

        Assert.Equal(1, exitCode);
        Assert.Contains($"-> --libtorch names '{_folder.Path}', which does not hold ", said, StringComparison.Ordinal);
    }

    private void Link(string from, string name)
    {
        Directory.CreateDirectory(_folder[name]);
        foreach (var file in Directory.EnumerateFiles(from, "lib*.so*"))
            File.CreateSymbolicLink(Path.Combine(_folder[name], Path.GetFileName(file)), file);
    }

    private (int ExitCode, string Output) Doctor(string folder, params (string Name, string Value)[] environment)
    {
        // The variable of the machine that runs the tests is not the tests'.
        var all = environment.Prepend(("MODELGEN_LIBTORCH", "")).GroupBy(variable => variable.Item1).Select(same => KeyValuePair.Create(same.Key, same.Last().Item2));
        return Dotnet.Run(_folder.Path, all, Modelgen, "doctor", "--libtorch", folder);
    }

    /// <summary>A fact about Debian's own PyTorch.</summary>
    private sealed class DebianFactAttribute : FactAttribute
    {
        public DebianFactAttribute() => Skip = Directory.Exists(DebiansTorch) ? null : $"Needs Debian's PyTorch in {DebiansTorch}.";
    }
}
