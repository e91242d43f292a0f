using ModelGen.Tool.Specs;
using ModelGen.Tool.Verbs;

namespace ModelGen.Tests;

/// <summary><c>modelgen eject</c>: the generated code, to go on with by hand.</summary>
public sealed class EjectTests : IDisposable
{
    private readonly TempFolder _folder = new();

    private static string Sample(string path) => Path.Combine(Repository.Root, "samples", path);

    [Theory]
    [InlineData("Mnist/ConvNet.cs")]
    [InlineData("Mnist/ConvNetFast.cs")]
    [InlineData("Mnist/ConvNetJson.model.json")]
    [InlineData("Zoo/ResNet18.model.json")]
    [InlineData("Zoo/UNet.model.json")]
    [InlineData("Zoo/GoogLeNet.model.json")]
    [InlineData("Zoo/ViTB16.model.json")]
    [InlineData("Zoo/MobileNetV3Small.model.json")]
    [InlineData("Zoo/LstmClassifier.model.json")]
    public void Compiles_without_its_spec_and_nothing_calls_it_generated(string path)
    {
        var network = SpecFiles.Read([Sample(path)]).Only(null);
        foreach (var isPlain in (bool[])[false, true])
        {
            (string Path, string Text)[] files = [.. EjectVerb.FilesOf(network, isPlain)];

            Compiled.From(files).AssertClean();
            Assert.All(files, file => Assert.StartsWith("#nullable enable\n", file.Text, StringComparison.Ordinal));
            Assert.All((string[])["auto-generated", "Compiled by"], claim => Assert.DoesNotContain(files, file => file.Text.Contains(claim, StringComparison.Ordinal)));
            Assert.DoesNotContain(files, file => file.Path.Contains(".g.", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Writes_the_files_and_says_what_to_remove()
    {
        var spec = Sample("Mnist/ConvNet.cs");
        var said = Command.Succeed("eject", spec, "--out", _folder["net"]);
        string[] files = [.. ((string[])["Module", "Options", "Data", "Trainer", "Program"]).Select(part => Path.Combine(_folder["net"], $"ConvNet.{part}.cs"))];

        Assert.Equal(string.Concat(files.Select(file => file + "\n")) + $"Remove the attributes of ConvNet from {spec}: these files are the network now.\n", said);
        Assert.All(files, file => Assert.True(File.Exists(file), file));
    }

    [Fact]
    public void The_plain_form_calls_each_layer_as_the_spec_has_it()
    {
        Command.Succeed("eject", Sample("Mnist/ConvNet.cs"), "--out", _folder["fast"]);
        Command.Succeed("eject", Sample("Mnist/ConvNet.cs"), "--out", _folder["plain"], "--no-optimize");
        var (fast, plain) = (Module("fast"), Module("plain"));

        Assert.Contains("in place", fast, StringComparison.Ordinal);
        Assert.DoesNotContain("in place", plain, StringComparison.Ordinal);

        string Module(string folder) => File.ReadAllText(Path.Combine(_folder[folder], "ConvNet.Module.cs"));
    }

    [Fact]
    public void Nothing_is_written_over()
    {
        Directory.CreateDirectory(_folder["net"]);
        File.WriteAllText(_folder["net/ConvNet.Trainer.cs"], "mine");
        var command = Command.Run("eject", Sample("Mnist/ConvNet.cs"), "--out", _folder["net"]);

        Assert.Equal((3, $"error: '{_folder["net/ConvNet.Trainer.cs"]}' is there already: move it away, or name another file.\n"), (command.ExitCode, command.Error));
        Assert.Equal(["net", "net/ConvNet.Trainer.cs"], _folder.Entries);
    }

    [Fact]
    public void Of_files_that_belong_together_none_stays_when_one_cannot_be_written()
    {
        // No system has names of that length.
        var (first, second) = (_folder["Net.Module.cs"], _folder[new string('n', 300) + ".cs"]);

        Assert.StartsWith($"Cannot write '{second}': ", Assert.Throws<ModelGenException>(() => NewFile.Write([(first, "one"), (second, "two")])).Message, StringComparison.Ordinal);
        Assert.Empty(_folder.Entries);
    }

    public void Dispose() => _folder.Dispose();
}
