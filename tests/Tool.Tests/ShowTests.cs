using System.Text;

namespace ModelGen.Tests;

/// <summary><c>modelgen summary</c> and <c>modelgen svg</c>: the table and the drawing that the built program has, without a build.</summary>
public sealed class ShowTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private static string ResNet { get; } = Path.Combine(Repository.Root, "samples/Zoo/ResNet18.model.json");

    /// <summary>Below it a network in plain C# says how much memory it takes.</summary>
    [Theory]
    [InlineData("torch", "Module", "")]
    [InlineData("csharp", "Network", "values take 3.8 MiB to predict a sample\n")]
    public void The_table_is_the_one_in_the_code(string backend, string file, string memory)
    {
        var spec = File.ReadAllText(ResNet).Replace("\"input\":", $"\"compile\": {{ \"backend\": \"{backend}\" }}, \"input\":", StringComparison.Ordinal);
        var module = Compiled.From(("ResNet18.model.json", spec)).Files[$"Demo.ResNet18.{file}.g.cs"];
        var table = Command.Succeed("summary", _folder.Write("ResNet18.model.json", Encoding.UTF8.GetBytes(spec)));

        Assert.Contains("\ntotal", table, StringComparison.Ordinal);
        Assert.EndsWith(memory, table, StringComparison.Ordinal);
        Assert.Contains(string.Concat(table[..^memory.Length].TrimEnd('\n').Split('\n').Select(line => $"        {line}\n")), module, StringComparison.Ordinal);
    }

    [Fact]
    public void The_drawing_is_the_one_in_the_docs()
    {
        var documented = File.ReadAllText(Path.Combine(Repository.Root, "docs/images/resnet18.svg"));

        Assert.Equal(documented, Command.Succeed("svg", ResNet));
        Assert.Equal($"{_folder["net.svg"]}\n", Command.Succeed("svg", ResNet, "--out", _folder["net.svg"]));
        Assert.Equal(documented, File.ReadAllText(_folder["net.svg"]));
    }

    [Fact]
    public void The_drawing_replaces_an_older_one_and_no_source()
    {
        var (drawing, source) = (_folder.Write("Net.SVG", [1]), _folder.Write("Program.cs", [1]));

        Command.Succeed("svg", ResNet, "--out", drawing);
        Assert.Equal(new Command(2, "", $"error: --out takes a file whose name ends in .svg, not '{source}'. Try --help.\n"), Command.Run("svg", ResNet, "--out", source));
        Assert.Equal([1], File.ReadAllBytes(source));
    }

    [Fact]
    public void A_file_of_several_networks_needs_the_name_of_one()
    {
        var path = _folder.Write("Nets.cs", """
            using ModelGen;

            [Model, Input(4), Linear(2)]
            public partial class One;

            [Model, Input(4), Linear(3)]
            public partial class Two;
            """u8);

        Assert.Equal("error: The files declare several networks: choose one of One, Two with --network.\n", Command.Run("summary", path).Error);
        Assert.Contains("[N, 3]", Command.Succeed("summary", path, "--network", "Two"), StringComparison.Ordinal);
        Assert.Equal("error: The files declare no network 'Three': they declare One, Two.\n", Command.Run("summary", path, "--network", "Three").Error);
    }

    [Fact]
    public void Of_a_network_with_errors_they_are_said()
    {
        var path = _folder.Write("Net.model.json", "{ \"input\": [4], \"layers\": [\"linaer\"] }"u8);
        var command = Command.Run("summary", path);

        Assert.Equal((1, ""), (command.ExitCode, command.Out));
        Assert.StartsWith($"{path}(1,", command.Error, StringComparison.Ordinal);
        Assert.Contains("error MG10", command.Error, StringComparison.Ordinal);
    }

    public void Dispose() => _folder.Dispose();
}
