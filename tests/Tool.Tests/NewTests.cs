namespace ModelGen.Tests;

/// <summary><c>modelgen new</c>: a spec to begin with, which builds without a warning.</summary>
public sealed class NewTests : IDisposable
{
    private readonly TempFolder _folder = new();

    [Theory]
    [InlineData("Net.cs", "3,64,64")]
    [InlineData("Net.model.json", "3,64,64")]
    [InlineData("Net.cs", "1,28,28")]
    [InlineData("Net.cs", "5")]
    [InlineData("Net.model.json", "5")]
    public void Compiles_and_trains(string name, string input)
    {
        Command.Succeed("new", _folder[name], "--input", input, "--classes", "3");
        var compiled = Compiled.From((name, File.ReadAllText(_folder[name]))).AssertClean();

        Assert.Empty(compiled.Report(Microsoft.CodeAnalysis.DiagnosticSeverity.Info));
        Assert.Contains(compiled.Files.Keys, file => file.EndsWith("Net.Trainer.g.cs", StringComparison.Ordinal));
    }

    [Fact]
    public void Is_in_the_namespace_of_its_project()
    {
        File.WriteAllText(_folder["My Shop.csproj"], "<Project><PropertyGroup><RootNamespace>Shop.Nets</RootNamespace></PropertyGroup></Project>");
        Command.Succeed("new", _folder["Net.cs"]);

        Assert.Contains("\nnamespace Shop.Nets;\n", File.ReadAllText(_folder["Net.cs"]), StringComparison.Ordinal);
    }

    [Fact]
    public void Both_forms_are_the_same_network()
    {
        Command.Succeed("new", _folder["Net.cs"]);
        Command.Succeed("new", _folder["Net.model.json"]);

        Assert.Equal(Command.Succeed("summary", _folder["Net.cs"]), Command.Succeed("summary", _folder["Net.model.json"]));
    }

    public void Dispose() => _folder.Dispose();
}
