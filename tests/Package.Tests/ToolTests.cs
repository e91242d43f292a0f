namespace ModelGen.Tests;

/// <summary>The command modelgen as a user has it: installed from the packed file. What it does is tested where its sources are (tests/Tool.Tests).</summary>
[Collection(SharedPackage.Name)]
public sealed class ToolTests(PackedPackage package)
{
    [Fact]
    public void Is_installed_runs_and_is_removed()
    {
        var file = package.Pack("Tool", "feed");
        Repository.AssertDerived("tests/Package.Tests/tool.verified.txt", string.Concat(PackedPackage.EntriesOf(file).Select(entry => entry + "\n")));

        package.RunAtHome("tool", "tool", "install", "ModelGen.Tool", "--tool-path", "bin", "--version", PackedPackage.Version);
        package.Write("tool", ("Scorer.model.json", Consumer.Json), ("Classifier.cs", Consumer.Attributes), ("Wrong.model.json", """{ "input": [4], "layers": ["linaer"] }"""));

        Assert.Equal((0, "2 networks: 0 errors, 0 warnings"), Modelgen("check", "Scorer.model.json", "Classifier.cs"));
        Assert.Contains("total", Modelgen("summary", "Classifier.cs").Output, StringComparison.Ordinal);
        var (exitCode, said) = Modelgen("check", "Wrong.model.json");
        Assert.Equal(1, exitCode);
        Assert.StartsWith("Wrong.model.json(1,28): error MG", said, StringComparison.Ordinal);
        // Whatever it says of the machine, it ends by itself.
        Assert.Contains("TorchSharp 0.107.0", Modelgen("doctor").Output, StringComparison.Ordinal);

        package.RunAtHome("tool", "tool", "uninstall", "ModelGen.Tool", "--tool-path", "bin");
    }

    private (int ExitCode, string Output) Modelgen(params string[] arguments) =>
        Dotnet.Start(package.PathOf("tool", Path.Combine("bin", OperatingSystem.IsWindows() ? "modelgen.exe" : "modelgen")), package.PathOf("tool"), [], arguments);
}
