using ModelGen.Formats.Onnx;
using ModelGen.Torch;
using static TorchSharp.torch;

namespace ModelGen.Tests.Import;

/// <summary><c>modelgen import onnx</c>: the same network as a spec with weights, or a sentence about each node that no layer stands for.</summary>
[Collection("Torch")]
public sealed class ImportOnnxTests : IDisposable
{
    private static readonly string Script = Path.Combine(Repository.Root, "tests/Tool.Tests/Import/export.py");

    private readonly TempFolder _folder = new();

    public static TheoryData<string> Zoo { get; } =
        [.. Directory.GetFiles(Path.Combine(Repository.Root, "samples/Zoo"), "*.model.json").Select(path => Path.GetFileName(path)[..^".model.json".Length]).Order(StringComparer.Ordinal)];

    public ImportOnnxTests() => LibTorch.EnsureLoaded();

    public void Dispose() => _folder.Dispose();

    [TorchvisionTheory]
    [InlineData("lenet", "Lenet", 11)]
    [InlineData("unet", "Unet", 13)]
    [InlineData("padded", "Padded", 11)]
    [InlineData("padded", "Padded", 17)]
    [InlineData("alexnet", "Alexnet", 13)]
    [InlineData("vgg11", "Vgg11", 17)]
    [InlineData("resnet18", "Resnet18", 13)]
    [InlineData("mobilenet_v2", "MobilenetV2", 16)]
    public void What_PyTorch_exports_comes_back(string name, string type, int opset)
    {
        PythonTorch.Run(Script, name, _folder[name + ".onnx"], opset.ToString(System.Globalization.CultureInfo.InvariantCulture));

        AssertImports(name, type);
    }

    /// <summary>Activations in the words of PyTorch's exporter: the older the operator set, the more nodes.</summary>
    [TorchvisionTheory]
    [InlineData(13)]
    [InlineData(17)]
    public void Activations_that_PyTorch_spells_out_are_recognised(int opset)
    {
        PythonTorch.Run(Script, "activations", _folder["activations.onnx"], opset.ToString(System.Globalization.CultureInfo.InvariantCulture));

        AssertImports("activations", "Activations");

        var spec = File.ReadAllText(_folder["Activations.model.json"]);
        Assert.All(new[] { "gelu", "tanh", "hardswish", "silu", "mish", "hardsigmoid", "layer_norm" }, name => Assert.Contains(name, spec, StringComparison.Ordinal));
    }

    [OnnxFact]
    public void Images_with_their_channels_last_as_Keras_has_them_do_too()
    {
        PythonTorch.Run(Script, "nhwc", _folder["nhwc.onnx"], "15");

        AssertImports("nhwc", "Nhwc");
    }

    /// <summary>Spec to ONNX to spec to ONNX.</summary>
    [Theory, MemberData(nameof(Zoo))]
    public void What_a_spec_exports_comes_back_and_is_exported_again(string name)
    {
        var spec = File.ReadAllText(Path.Combine(Repository.Root, $"samples/Zoo/{name}.model.json"));
        LibTorch.Configure(2, 1);
        using var first = (nn.Module)Activator.CreateInstance(Compiled.From(($"{name}.model.json", Asking(spec))).Load().GetType("Demo." + name)!)!;
        Export(first, _folder["again.onnx"]);

        Command.Succeed("import", "onnx", _folder["again.onnx"]);
        using var second = OnnxRun.Network(_folder["Again.model.json"], Asking(File.ReadAllText(_folder["Again.model.json"])));
        Export(second, _folder["third.onnx"]);

        using var input = OnnxRun.Input(_folder["again.onnx"], batch: 2, seed: 3);
        OnnxRun.AssertClose(OnnxRun.Output(_folder["again.onnx"], input), OnnxRun.Output(_folder["third.onnx"], input), 1e-5);
    }

    /// <summary>What the exporter writes as several nodes is one layer again, with its settings.</summary>
    [Theory]
    [InlineData("""{ "multi_head_attention": 4, "name": "seen" }""", """{ "multi_head_attention": 4, "name": "seen" }""")]
    [InlineData("""{ "multi_head_attention": 2, "causal": true, "bias": false, "name": "seen" }""", """{ "multi_head_attention": 2, "bias": false, "causal": true, "name": "seen" }""")]
    [InlineData("""{ "linear": 8, "name": "asked" }, { "multi_head_attention": 2, "with": "input", "name": "seen" }""", """{ "multi_head_attention": 2, "with": ["input"], "name": "seen" }""")]
    [InlineData("""{ "lstm": 6, "num_layers": 2, "bidirectional": true, "name": "words" }""", """{ "lstm": 6, "num_layers": 2, "bidirectional": true, "name": "words" }""")]
    [InlineData("""{ "gru": 6, "output": "last", "bias": false }""", """{ "gru": 6, "bias": false, "output": "last" }""")]
    [InlineData("""{ "rnn": 6, "nonlinearity": "relu" }""", """{ "rnn": 6, "nonlinearity": "relu" }""")]
    [InlineData("\"class_token\", { \"positional_embedding\": {}, \"name\": \"places\" }", "\"class_token\", { \"positional_embedding\": {}, \"name\": \"places\" }")]
    [InlineData("""{ "transformer_encoder_layer": 2, "dim_feedforward": 12, "activation": "gelu", "norm_first": true }""", "\"norm_first\": true")]
    [InlineData("""{ "linear": 8 }, { "transformer_decoder_layer": 2, "with": "input", "dim_feedforward": 12, "causal": true }""", "\"transformer_decoder_layer\"")]
    [InlineData("\"sinusoidal_embedding\"", "\"sinusoidal_embedding\"")]
    [InlineData("\"gelu\"", "\"gelu\"")]
    [InlineData("""{ "gelu": "tanh" }""", "tanh")]
    [InlineData("""{ "layer_norm": {}, "eps": 1e-6 }""", """{ "layer_norm": 1, "eps": 1E-06 }""")]
    [InlineData("""{ "group_norm": 5, "eps": 1e-4 }""", """{ "group_norm": 5, "eps": 0.0001 }""")]
    [InlineData("""{ "unflatten": 2, "sizes": [2, 4] }, { "crop": [1, 2] }""", """{ "crop": [1, 2] }""")]
    public void Layers_of_several_nodes_come_back_as_one(string layers, string expected)
    {
        var spec = $$"""{ "input": [5, 8], "layers": [{{layers}}] }""";
        using var first = (nn.Module)Activator.CreateInstance(Compiled.From(("Net.model.json", Asking(spec))).Load().GetType("Demo.Net")!)!;
        Export(first, _folder["again.onnx"]);

        Command.Succeed("import", "onnx", _folder["again.onnx"]);

        var text = File.ReadAllText(_folder["Again.model.json"]);
        Assert.Contains(expected, text, StringComparison.Ordinal);
        using var second = OnnxRun.Network(_folder["Again.model.json"], Asking(text));
        Export(second, _folder["third.onnx"]);
        using var input = OnnxRun.Input(_folder["again.onnx"], batch: 2, seed: 3);
        OnnxRun.AssertClose(OnnxRun.Output(_folder["again.onnx"], input), OnnxRun.Output(_folder["third.onnx"], input), 1e-6);
    }

    /// <summary>What is larger than one file may be has its weights beside it: ONNX Runtime finds them there, and so does the import.</summary>
    [Fact]
    public void Weights_in_a_second_file_are_found()
    {
        var spec = """{ "input": [100], "layers": [{ "linear": 50 }, "tanh", { "linear": 30 }] }""";
        using var network = (nn.Module<Tensor, Tensor>)Activator.CreateInstance(Compiled.From(("Net.model.json", spec)).Load().GetType("Demo.Net")!)!;
        var graph = new OnnxGraph
        {
            Name = "Wide",
            Fingerprint = "",
            Inputs = [new("input", [100])],
            Outputs = [new("fc2", [30])],
            Nodes =
            [
                new("fc1", "Gemm", ["input", "fc1.weight", "fc1.bias"], [new("transB", 1)]), new("act", "Tanh", ["fc1"]),
                new("fc2", "Gemm", ["act", "fc2.weight", "fc2.bias"], [new("transB", 1)]),
            ],
        };
        OnnxFile.Write(_folder["wide.onnx"], graph, ModuleState.Live(network), new OnnxOptions(), mostBytes: 0);
        using var noGradients = no_grad();
        using var input = OnnxRun.Input(_folder["wide.onnx"], batch: 2, seed: 1);
        using var output = network.call(input);

        Assert.Equal(["wide.onnx", "wide.onnx.data"], _folder.Entries.Order(StringComparer.Ordinal));
        OnnxRun.AssertClose(output.data<float>().ToArray(), OnnxRun.Output(_folder["wide.onnx"], input), 1e-6);
        AssertImports("wide", "Wide");
    }

    /// <summary>Weights alone suggest a layer; one whose nodes compute something else is not taken for it.</summary>
    [Fact]
    public void Nodes_that_the_exporter_would_not_write_are_none_of_its_layers()
    {
        var spec = """{ "input": [5, 8], "layers": [{ "multi_head_attention": 2, "name": "seen" }] }""";
        using var network = (nn.Module)Activator.CreateInstance(Compiled.From(("Net.model.json", Asking(spec))).Load().GetType("Demo.Net")!)!;
        Export(network, _folder["net.onnx"]);
        var text = System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(_folder["net.onnx"]));
        File.WriteAllBytes(_folder["net.onnx"], System.Text.Encoding.Latin1.GetBytes(text.Replace("\u0007Softmax", "\u0007Sigmoid", StringComparison.Ordinal)));

        Assert.Contains("can't be imported: node 'seen/", Command.Run("import", "onnx", _folder["net.onnx"]).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void A_function_that_is_no_activation_is_named_by_the_node_that_ends_it()
    {
        var graph = new OnnxGraph
        {
            Name = "odd",
            Fingerprint = "",
            Inputs = [new("x", [4])],
            Outputs = [new("y", [4])],
            Constants = [OnnxConstant.Number("half", 0.5)],
            Nodes = [new("scaled", "Mul", ["x", "half"]), new("curved", "Erf", ["scaled"]), new("y", "Softmax", ["curved"])],
        };
        OnnxFile.Write(_folder["odd.onnx"], graph, new([], []), new OnnxOptions());

        Assert.Equal(
            $"error: '{_folder["odd.onnx"]}' can't be imported: node 'y' (Softmax): no activation is the function that ends in 'curved' (Erf).\n",
            Command.Run("import", "onnx", _folder["odd.onnx"]).Error);
    }

    [Fact]
    public void A_function_of_many_nodes_is_computed_once_in_each()
    {
        var squares = Enumerable.Range(0, 64).Select(i => new OnnxNode($"s{i + 1}", "Mul", [$"s{i}", $"s{i}"]));

        Assert.Contains("no activation is the function that ends in 's64' (Mul)", ErrorOf(new("s0", "Neg", ["x"]), [.. squares, new("y", "Softmax", ["s64"])]), StringComparison.Ordinal);
    }

    [Fact]
    public void Bounds_that_are_the_wrong_way_round_are_no_activation() =>
        Assert.Contains("no activation is the function that ends in 'y' (Clip)", ErrorOf(new("s0", "Neg", ["x"]), [new("y", "Clip", ["s0", "half", "low"])]), StringComparison.Ordinal);

    private string ErrorOf(OnnxNode first, OnnxNode[] others)
    {
        var graph = new OnnxGraph
        {
            Name = "odd",
            Fingerprint = "",
            Inputs = [new("x", [4])],
            Outputs = [new("y", [4])],
            Constants = [OnnxConstant.Number("half", 0.5), OnnxConstant.Number("low", -1)],
            Nodes = [first, .. others],
        };
        OnnxFile.Write(_folder["odd.onnx"], graph, new([], []), new OnnxOptions());
        return Command.Run("import", "onnx", _folder["odd.onnx"]).Error;
    }

    [Fact]
    public void Each_node_that_no_layer_stands_for_is_named()
    {
        var graph = new OnnxGraph
        {
            Name = "odd",
            Fingerprint = "",
            Inputs = [new("x", [4])],
            Outputs = [new("y", [4])],
            Nodes = [new("one", "Sin", ["x"]), new("two", "Relu", ["one"]), new("three", "Clip", ["x"], [new("min", 0.0), new("max", 1.0)]), new("y", "Add", ["two", "three"])],
        };
        OnnxFile.Write(_folder["odd.onnx"], graph, new([], []), new OnnxOptions());

        var command = Command.Run("import", "onnx", _folder["odd.onnx"]);

        Assert.Equal(3, command.ExitCode);
        Assert.Equal(
            $"error: '{_folder["odd.onnx"]}' can't be imported: node 'one' (Sin): no layer stands for this operator; node 'three' (Clip): its ends are not 0 and 6, which relu6 has.\n", command.Error);
        Assert.Equal(["odd.onnx"], _folder.Entries);
    }

    [Fact]
    public void A_window_that_does_not_move_is_not_as_ONNX_has_it() =>
        Assert.EndsWith(
            "can't be imported: node 'y' (MaxPool): it is not as ONNX has it.\n",
            ErrorOf(
                new("s0", "Unsqueeze", ["x"], [new("axes", [1])]),
                [new("y", "MaxPool", ["s0"], [new("kernel_shape", [3]), new("strides", [0]), new("auto_pad", "SAME_UPPER")])]),
            StringComparison.Ordinal);

    [Fact]
    public void A_dimension_that_is_named_twice_is_not_as_ONNX_has_it() =>
        Assert.EndsWith("can't be imported: node 's0' (Unsqueeze): it is not as ONNX has it.\n", ErrorOf(new("s0", "Unsqueeze", ["x"], [new("axes", [1, 1])]), [new("y", "Relu", ["s0"])]), StringComparison.Ordinal);

    /// <summary>The reader is tried with more in the runtime's tests; this is about graphs that read well and make no sense.</summary>
    [Fact]
    public void A_damaged_graph_is_imported_or_refused_and_nothing_else()
    {
        var graph = new OnnxGraph
        {
            Name = "net",
            Fingerprint = "",
            Inputs = [new("x", [2, 6, 6])],
            Outputs = [new("y", [9])],
            Constants = [OnnxConstant.Filled("w", 0.5, 4, 2, 3, 3), OnnxConstant.Filled("v", 0.5, 9, 16), OnnxConstant.Integers("shape", [0, -1])],
            Nodes =
            [
                new("a", "Conv", ["x", "w"], [new("kernel_shape", [3, 3]), new("pads", [1, 1, 1, 1])]), new("b", "Transpose", ["a"], [new("perm", [0, 2, 3, 1])]), new("c", "Transpose", ["b"], [new("perm", [0, 3, 1, 2])]),
                new("d", "MaxPool", ["c"], [new("kernel_shape", [3, 3]), new("strides", [2, 2])]), new("e", "Reshape", ["d", "shape"]), new("f", "Gemm", ["e", "v"], [new("transB", 1)]), new("y", "Softmax", ["f"]),
            ],
        };
        OnnxFile.Write(_folder["net.onnx"], graph, new([], []), new OnnxOptions());
        var valid = File.ReadAllBytes(_folder["net.onnx"]);
        var (imported, random) = (0, new Random(1));
        for (var run = 0; run < 5_000; run++)
        {
            var bytes = (byte[])valid.Clone();
            for (var change = random.Next(1, 4); change > 0; change--)
                bytes[random.Next(Math.Min(valid.Length, 400))] = (byte)(random.Next(3) == 0 ? random.Next(256) : random.Next(12));
            File.WriteAllBytes(_folder["net.onnx"], bytes);
            try
            {
                imported += OnnxModel.Map(_folder["net.onnx"], model => Tool.Import.OnnxImport.Read(model, "net.onnx", "Net", "Demo")).Weights.Entries.Count > 0 ? 1 : 0;
            }
            catch (ModelGenException refusal)
            {
                Assert.Contains("net.onnx", refusal.Message, StringComparison.Ordinal);
            }
        }

        Assert.InRange(imported, 1, 4_999);
    }

    [Fact]
    public void A_file_that_is_there_is_not_written_over()
    {
        File.WriteAllText(_folder["Net.safetensors"], "mine");
        File.WriteAllText(_folder["net.onnx"], "");

        Assert.StartsWith($"error: '{_folder["Net.safetensors"]}' is there already", Command.Run("import", "onnx", _folder["net.onnx"]).Error, StringComparison.Ordinal);
        Assert.Equal("mine", File.ReadAllText(_folder["Net.safetensors"]));
    }

    [Fact]
    public void The_folder_is_made()
    {
        var graph = new OnnxGraph { Name = "net", Fingerprint = "", Inputs = [new("x", [4])], Outputs = [new("y", [4])], Nodes = [new("y", "Relu", ["x"])] };
        OnnxFile.Write(_folder["net.onnx"], graph, new([], []), new OnnxOptions());

        var (spec, weights) = (_folder["nets/mine/Net.model.json"], _folder["nets/mine/Net.safetensors"]);
        Assert.Equal($"{spec}\n{weights}\n", Command.Succeed("import", "onnx", _folder["net.onnx"], "--out", _folder["nets/mine"]));
        Assert.All([spec, weights], path => Assert.True(File.Exists(path), path));
        Assert.Equal(
            $"error: '{spec}' is a file: name a folder.\n",
            Command.Run("import", "onnx", _folder["net.onnx"], "--out", spec).Error);
    }

    [OnnxFact]
    public void The_checker_of_ONNX_takes_what_is_exported()
    {
        foreach (var name in new[] { "MobileNetV3Small", "LstmClassifier", "GruClassifier", "UNet", "ViTB16" })
        {
            var spec = File.ReadAllText(Path.Combine(Repository.Root, $"samples/Zoo/{name}.model.json"));
            using var network = (nn.Module)Activator.CreateInstance(Compiled.From(($"{name}.model.json", Asking(spec))).Load().GetType("Demo." + name)!)!;
            Export(network, _folder[name + ".onnx"]);

            PythonTorch.Run(Path.Combine(Repository.Root, "tests/Tool.Tests/Import/check.py"), _folder[name + ".onnx"]);
        }
    }

    private void AssertImports(string name, string type)
    {
        Assert.Equal($"{_folder[type + ".model.json"]}\n{_folder[type + ".safetensors"]}\n", Command.Succeed("import", "onnx", _folder[name + ".onnx"]));
        using var network = OnnxRun.Network(_folder[type + ".model.json"], File.ReadAllText(_folder[type + ".model.json"]));
        using var noGradients = no_grad();
        using var input = OnnxRun.Input(_folder[name + ".onnx"], batch: 3, seed: 2);
        using var output = network.call(input);

        OnnxRun.AssertClose(OnnxRun.Output(_folder[name + ".onnx"], input), output.contiguous().data<float>().ToArray(), 2e-5);
    }

    private static void Export(nn.Module network, string path) => network.GetType().GetMethod("ExportOnnx")!.Invoke(network, [path, null]);

    private static string Asking(string spec) => "{ \"compile\": { \"onnx\": true }, " + spec[(spec.IndexOf('{', StringComparison.Ordinal) + 1)..];
}
