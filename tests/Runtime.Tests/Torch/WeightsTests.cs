using ModelGen.Formats;
using ModelGen.Formats.Onnx;
using ModelGen.Torch;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModelGen.Tests.Torch;

/// <summary>Weights in files of either format, and those that another network's wrapper has renamed.</summary>
[Collection(OneAfterTheOther.Name)]
public sealed class WeightsTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public WeightsTests() => LibTorch.Configure(0, 1);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("model.pth")]
    [InlineData("model.safetensors")]
    public void What_is_saved_is_loaded(string file)
    {
        using var from = new Tied();
        using var to = new Tied();

        Weights.Save(from, _folder[file]);

        Assert.Empty(Weights.Load(to, _folder[file]));
        Assert.Equal(from.Encoder.weight!.data<float>().ToArray(), to.Encoder.weight!.data<float>().ToArray());
    }

    [Theory]
    [InlineData("large.pth")]
    [InlineData("large.safetensors")]
    [InlineData("large.onnx")]
    public void What_is_saved_is_written_from_where_it_is(string file)
    {
        using var network = new Network(nn.Linear(2048, 2048)); // 16 MiB
        var graph = new OnnxGraph
        {
            Name = "Large",
            Fingerprint = "",
            Inputs = [new("input", [2048])],
            Outputs = [new("fc", [2048])],
            Nodes = [new("fc", "Gemm", ["input", "fc.weight", "fc.bias"], [new("transB", 1)])],
        };
        Save(); // What is compiled allocates once.
        var before = GC.GetAllocatedBytesForCurrentThread();
        Save();

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, 100_000);
        Assert.InRange(new FileInfo(_folder[file]).Length, 16 << 20, (16 << 20) + 20_000);

        void Save()
        {
            if (file.EndsWith(".onnx", StringComparison.Ordinal))
                OnnxExport.Write(network, graph, _folder[file]);
            else
                Weights.Save(network, _folder[file]);
        }
    }

    [Fact]
    public void A_file_is_replaced_by_the_network_that_was_loaded_from_it()
    {
        using var network = new Tied();
        Weights.Save(network, _folder["model.safetensors"]);
        var before = File.ReadAllBytes(_folder["model.safetensors"]);

        Weights.Load(network, _folder["model.safetensors"]);
        Weights.Save(network, _folder["model.safetensors"]);

        Assert.Equal(before, File.ReadAllBytes(_folder["model.safetensors"]));
    }

    [Fact]
    public void Tied_weights_are_one_storage_under_two_names()
    {
        using var network = new Tied();

        Weights.Save(network, _folder["tied.pth"]);

        var entries = PthFile.Read(_folder["tied.pth"]).Entries;
        Assert.Equal(["encoder.weight", "decoder.weight"], entries.Select(entry => entry.Name));
        Assert.Equal(entries[0].Tensor.Data, entries[1].Tensor.Data);
    }

    [Fact]
    public void The_state_dict_of_a_checkpoint_is_taken_and_said()
    {
        using var network = nn.Linear(4, 3);
        var checkpoint = Path.Combine(AppContext.BaseDirectory, "Formats", "Fixtures", "with_optimizer.pth");
        var fc = PthFile.Read(checkpoint).Entries.Single(entry => entry.Name == "fc.weight").Tensor;
        using var wrapped = new Network(network);

        var message = Assert.Throws<ModelGenException>(() => Weights.Load(wrapped, checkpoint)).Message;
        Assert.Contains("it has the unexpected conv1.weight", message, StringComparison.Ordinal);

        using var whole = new Network(nn.Linear(4, 3), ("conv1", nn.Conv2d(1, 2, 3)), ("bn1", nn.BatchNorm2d(2)));
        Assert.Equal(["took the state_dict under 'state_dict' and nothing else of the checkpoint"], Weights.Load(whole, checkpoint));
        Assert.Equal(fc.Data.ToArray(), ModuleState.Live(whole).Entries.Single(entry => entry.Name == "fc.weight").Tensor.Data.ToArray());
    }

    [Theory]
    [InlineData("module.")]
    [InlineData("model._orig_mod.")]
    public void A_prefix_that_all_names_have_is_named_and_taken_off_when_asked_for(string prefix)
    {
        using var network = new Tied();
        var state = ModuleState.Live(network);
        var path = _folder["wrapped.pth"];
        PthFile.Write(path, new StateDict([.. state.Entries.Select(entry => entry with { Name = prefix + entry.Name })], []));

        Assert.EndsWith(
            $"Nothing was loaded: all its names begin with '{prefix}', which --strip-prefix {prefix} takes off.",
            Assert.Throws<ModelGenException>(() => Weights.Load(network, path)).Message,
            StringComparison.Ordinal);
        Assert.Empty(Weights.Load(network, path, stripPrefix: prefix));
    }

    [Fact]
    public void A_prefix_of_the_networks_own_names_is_no_hint()
    {
        using var network = new Network(nn.Linear(4, 3));
        PthFile.Write(_folder["part.pth"], new StateDict([ModuleState.Live(network).Entries[0]], []));

        Assert.EndsWith(
            "use weights that the same network saved.", Assert.Throws<ModelGenException>(() => Weights.Load(network, _folder["part.pth"])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Of_a_part_what_fits_is_taken_and_all_else_is_listed()
    {
        using var backbone = new Network(nn.Linear(4, 3), ("conv1", nn.Conv2d(1, 2, 3)), ("old", nn.Linear(2, 2)));
        using var network = new Network(nn.Linear(4, 5), ("conv1", nn.Conv2d(1, 2, 3)), ("young", nn.Linear(2, 2)));
        Weights.Save(backbone, _folder["backbone.pth"]);
        var head = ModuleState.Live(network).Entries.Single(entry => entry.Name == "fc.weight").Tensor.Data.ToArray();

        Assert.Throws<ModelGenException>(() => Weights.Load(network, _folder["backbone.pth"]));
        Assert.Equal(
            [
                "took 2 of the network's 6 tensors: conv1.weight, conv1.bias",
                "left 2 tensors as made, of another shape in the file: fc.weight is [3, 4] in the file but [5, 4] in the network, fc.bias is [3] in the file but [5] in the network",
                "left 2 tensors as made, which the file lacks: young.weight, young.bias",
                "left 2 tensors of the file, which the network lacks: old.weight, old.bias",
            ],
            Weights.Load(network, _folder["backbone.pth"], isPartial: true));

        var (from, to) = (ModuleState.Live(backbone).Entries, ModuleState.Live(network).Entries);
        Assert.Equal(from.Single(entry => entry.Name == "conv1.weight").Tensor.Data.ToArray(), to.Single(entry => entry.Name == "conv1.weight").Tensor.Data.ToArray());
        Assert.Equal(head, to.Single(entry => entry.Name == "fc.weight").Tensor.Data.ToArray());
    }

    [Fact]
    public void A_part_of_which_nothing_fits_is_refused()
    {
        using var network = new Network(nn.Linear(4, 3), ("bn1", nn.BatchNorm2d(2)));
        PthFile.Write(_folder["small.pth"], new StateDict([new("head.weight", new StoredTensor(ElementType.Float32, [1], new byte[4]))], []));

        Assert.Equal(
            $"'{_folder["small.pth"]}' has nothing that this network can take: it has head.weight, and the network takes {string.Join(", ", ModuleState.Tensors(network).Select(item => item.Name))}. "
            + "Nothing was loaded: use weights that the same network saved.",
            Assert.Throws<ModelGenException>(() => Weights.Load(network, _folder["small.pth"], isPartial: true)).Message);
    }

    [Fact]
    public void A_prefix_that_no_name_has_is_refused()
    {
        using var network = new Tied();
        Weights.Save(network, _folder["model.safetensors"]);

        Assert.Equal(
            $"'{_folder["model.safetensors"]}' has no tensor whose name begins with 'module.': leave out --strip-prefix.",
            Assert.Throws<ModelGenException>(() => Weights.Load(network, _folder["model.safetensors"], "module.")).Message);
    }

    [Fact]
    public void Two_names_that_become_one_are_refused()
    {
        using var network = new Tied();
        var tensor = ModuleState.Live(network).Entries[0].Tensor;
        PthFile.Write(_folder["both.pth"], new StateDict([new("a", tensor), new("module.a", tensor)], []));

        Assert.Equal(
            $"'{_folder["both.pth"]}' has both 'a' and 'module.a': only one of them can be loaded, so save the one that you mean alone.",
            Assert.Throws<ModelGenException>(() => Weights.Load(network, _folder["both.pth"], "module.")).Message);
    }

    private sealed class Tied : nn.Module
    {
        public Tied()
            : base(nameof(Tied))
        {
            Decoder.weight = Encoder.weight;
            register_module("encoder", Encoder);
            register_module("decoder", Decoder);
        }

        public Linear Encoder { get; } = nn.Linear(3, 3, hasBias: false);

        public Linear Decoder { get; } = nn.Linear(3, 3, hasBias: false);
    }

    private sealed class Network : nn.Module
    {
        public Network(Linear fc, params (string Name, nn.Module Module)[] before)
            : base(nameof(Network))
        {
            foreach (var (name, module) in before)
                register_module(name, module);
            register_module("fc", fc);
        }
    }
}
