using ModelGen.Emit;
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
    [InlineData("MnistCSharp/ConvNet.cs")]
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
            Assert.Equal(Assembled(FullNames(network, isPlain)), Assembled([.. files.Select(file => file.Text)]));
            Assert.DoesNotContain(files, file => file.Text.Contains("global::", StringComparison.Ordinal));
            Assert.All(files, file => Assert.StartsWith("#nullable enable\n", file.Text, StringComparison.Ordinal));
            Assert.All((string[])["auto-generated", "Compiled by"], claim => Assert.DoesNotContain(files, file => file.Text.Contains(claim, StringComparison.Ordinal)));
            Assert.DoesNotContain(files, file => file.Path.Contains(".g.", StringComparison.Ordinal));
        }
    }

    [Fact]
    public void Is_written_as_a_person_writes()
    {
        var module = EjectVerb.FilesOf(SpecFiles.Read([Sample("Mnist/ConvNet.cs")]).Only(null), isPlain: false).First().Text;

        Assert.StartsWith("""
            #nullable enable

            using System;
            using System.Collections.Generic;
            using ModelGen;
            using ModelGen.Reporting;
            using ModelGen.Torch;
            using TorchSharp;
            using TorchSharp.Modules;

            namespace Mnist;

            """, module, StringComparison.Ordinal);
        Assert.Contains("""
                public override torch.Tensor forward(torch.Tensor input)
                {
                    using var inputChannelsLast = ChannelsLast.Of(input);                           // [N, 3, 28, 28], channels last in memory
                    using var bn1 = _fusedBn1.call(inputChannelsLast); inputChannelsLast.Dispose(); // [N, 16, 28, 28], conv1 and bn1 in one
            """, module, StringComparison.Ordinal);
    }

    /// <summary>Most projects have System's names besides.</summary>
    [Fact]
    public void A_name_that_System_has_too_is_an_alias()
    {
        var pass = EjectVerb.FilesOf(SpecFiles.Read([Sample("MnistCSharp/ConvNet.cs")]).Only(null), isPlain: false).Single(file => file.Name == "ConvNet.TrainingPass.cs").Text;

        Assert.StartsWith("""
            #nullable enable

            using System;
            using ModelGen.Cpu;
            using Buffer = ModelGen.Cpu.Buffer;
            using Kernels = ModelGen.Cpu.Kernels;

            """, pass, StringComparison.Ordinal);
        Assert.Contains("private readonly Buffer _inputValue;", pass, StringComparison.Ordinal);
    }

    /// <summary>Layers called as what generated code uses, and a member of the user's own.</summary>
    [Fact]
    public void A_name_that_the_network_has_too_keeps_its_namespace()
    {
        const string Spec = """
            using ModelGen;

            namespace Demo.Reporting;

            [Model, Input(1, 8, 8)]
            [Flatten(Name = "math"), Linear(8, Name = "lib_torch"), ReLU(Name = "scores"), Linear(4, Name = "console"), LogSoftmax]
            [Training(Loss.Nll, Optimizer.Sgd, LearningRate = 0.1)]
            [ImageFolder]
            public partial class Net
            {
                /// <summary>Kilograms.</summary>
                public int Weights => 1;
            }
            """;
        var network = SpecFiles.Of([("Net.cs", Spec)]).Only(null);
        string[] files = [.. EjectVerb.FilesOf(network, isPlain: false).Select(file => file.Text)];
        var own = Spec[..Spec.IndexOf("[Model", StringComparison.Ordinal)] + Spec[Spec.IndexOf("public partial", StringComparison.Ordinal)..];

        Assert.Equal(Assembled([.. FullNames(network, isPlain: false), own]), Assembled([.. files, own]));
        var text = string.Concat(files);
        Assert.All((string[])["System.Math.Min(", "System.Console.WriteLine(", "ModelGen.Torch.LibTorch.Configure(", "ModelGen.Torch.Weights.Load("], name => Assert.Contains(" " + name, text, StringComparison.Ordinal));
        Assert.Contains(" Scores Evaluate(Data data)", text, StringComparison.Ordinal);
    }

    /// <summary>One that a class inside of the network hides keeps its namespace.</summary>
    [Theory]
    [InlineData("Demo", "", "(new Own(3)", "internal Own Mine")]
    [InlineData("Demo.Nets", "", "(new Own(3)", "internal Own Mine")]
    [InlineData("", "", "(new Own(3)", "internal Own Mine")]
    [InlineData("Demo", "/// <summary>Another.</summary>\npublic sealed class Own;", "(new global::Demo.Own(3)", "internal global::Demo.Own Mine")]
    public void A_class_of_ones_own_beside_the_network_is_called_by_its_name(string space, string inner, params string[] written)
    {
        var (declared, name) = space.Length == 0 ? ("", "global::Own") : ($"namespace {space};", $"global::{space}.Own");
        var classes = $$"""
            using ModelGen;
            using TorchSharp;

            {{declared}}

            /// <summary>A module.</summary>
            public sealed class Own(double factor) : torch.nn.Module<torch.Tensor, torch.Tensor>("Own")
            {
                /// <inheritdoc/>
                public override torch.Tensor forward(torch.Tensor input) => input.mul(factor);
            }

            """;
        var part = "public partial class Net\n{\n" + inner + "\n}\n";
        var network = SpecFiles.Of([("Net.cs", $"{classes}[Model, Input(4), Layer<{name}>(3, Name = \"mine\"), Linear(2)]\n{part}")]).Only(null);
        string[] files = [.. EjectVerb.FilesOf(network, isPlain: false).Select(file => file.Text)];

        Assert.Equal(Assembled([.. FullNames(network, isPlain: false), classes + part]), Assembled([.. files, classes + part]));
        Assert.All(written, text => Assert.Contains(text, files[0], StringComparison.Ordinal));
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

        Assert.StartsWith($"Cannot write '{second}': ", Assert.Throws<ModelGenException>(() => NewFile.Write([(first, path => NewFile.Write(path, "one")), (second, path => NewFile.Write(path, "two"))])).Message, StringComparison.Ordinal);
        Assert.Empty(_folder.Entries);
    }

    /// <summary>The files as the build has them. An interface's member would have <c>global::</c> in its own name.</summary>
    private static string[] FullNames(DeclaredNetwork network, bool isPlain) =>
    [
        .. Backends.Emit(network.Spec, network.Model, isOptimized: !isPlain)
            .Select(file => EjectVerb.TextOf(file).Replace("global::ModelGen.Torch.IFoldsBatchNorm.Fused", "ModelGen.Torch.IFoldsBatchNorm.Fused", StringComparison.Ordinal)),
    ];

    /// <summary>What a name stands for is in the bytes of the assembly, how it is written is not.</summary>
    private static byte[] Assembled(IReadOnlyList<string> texts)
    {
        const string ImplicitUsings = """
            global using System; global using System.Collections.Generic; global using System.IO; global using System.Linq; global using System.Net.Http;
            global using System.Threading; global using System.Threading.Tasks;
            """;
        var project = Compiled.Project([.. texts.Append(ImplicitUsings).Select((text, i) => ($"{i}.cs", text))]).WithAssemblyName("Net");
        using var image = new MemoryStream();
        var result = project.WithOptions(project.Options.WithDeterministic(true).WithOptimizationLevel(Microsoft.CodeAnalysis.OptimizationLevel.Release)).Emit(image);
        Assert.True(result.Success, string.Join('\n', result.Diagnostics));
        return image.ToArray();
    }

    public void Dispose() => _folder.Dispose();
}
