using ModelGen.Cpu;
using ModelGen.Formats;
using ModelGen.Formats.Onnx;
using ModelGen.Tests.Torch;
using ModelGen.Torch;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using Weights = ModelGen.Cpu.Weights;

namespace ModelGen.Tests.Cpu;

/// <summary>Weights move between the backends, and what does not fit is refused in the same words.</summary>
[Collection(OneAfterTheOther.Name)]
public sealed class WeightsTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public WeightsTests() => LibTorch.Configure(0, 1);

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("model.pth")]
    [InlineData("model.safetensors")]
    public void A_file_is_the_one_that_TorchSharps_network_saves(string file)
    {
        using var torchs = new TorchNetwork();
        torchs.Bn1.forward(rand(2, 2, 3, 3));
        ModelGen.Torch.Weights.Save(torchs, _folder["torch." + file]);
        var network = ListedNetwork.Small();

        Assert.Empty(Weights.Load(network, _folder["torch." + file]));
        Weights.Save(network, _folder[file]);

        Assert.Equal(1, network.Parameters[6].Count);
        Assert.Equal(torchs.Fc1.weight!.data<float>().ToArray(), network.Parameters[7].Values);
        Assert.Equal(File.ReadAllBytes(_folder["torch." + file]), File.ReadAllBytes(_folder[file]));
    }

    [Fact]
    public void A_copy_of_a_networks_weights_has_memory_of_its_own()
    {
        var (from, to) = (ListedNetwork.Small().Filled(seed: 1), ListedNetwork.Small());

        Weights.Copy(from, to);
        var copied = Numbers(from);

        Assert.Equal(copied, Numbers(to));
        from.Filled(seed: 2);
        Assert.NotEqual(copied, Numbers(from));
        Assert.Equal(copied, Numbers(to));

        static double[] Numbers(ListedNetwork network) =>
            [.. network.Parameters.SelectMany(parameter => parameter.IsCount ? [parameter.Count] : parameter.Values.Select(value => (double)value))];
    }

    [Theory]
    [InlineData("large.pth")]
    [InlineData("large.safetensors")]
    [InlineData("large.onnx")]
    public void What_is_saved_is_written_from_where_it_is(string file)
    {
        var network = new ListedNetwork(new ModelGen.Cpu.Parameter("fc.weight", [2048, 2048])); // 16 MiB
        var graph = new OnnxGraph
        {
            Name = "Large",
            Fingerprint = "",
            Inputs = [new("input", [2048])],
            Outputs = [new("fc", [2048])],
            Nodes = [new("fc", "Gemm", ["input", "fc.weight"], [new("transB", 1)])],
        };
        Save(); // What is compiled allocates once.
        var before = GC.GetAllocatedBytesForCurrentThread();
        Save();

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, 100_000);
        Assert.InRange(new FileInfo(_folder[file]).Length, 16 << 20, (16 << 20) + 20_000);

        void Save()
        {
            if (file.EndsWith(".onnx", StringComparison.Ordinal))
                ModelGen.Cpu.OnnxExport.Write(network, graph, _folder[file]);
            else
                Weights.Save(network, _folder[file]);
        }
    }

    [Fact]
    public void Of_a_part_what_fits_is_taken_and_all_else_is_listed_in_the_words_of_the_other_backend()
    {
        var (from, to) = (ListedNetwork.Small().Filled(seed: 1), ListedNetwork.Small());
        var state = NetworkState.Live(from);
        var tail = new StateDictEntry("tail.weight", new StoredTensor(ElementType.Float32, [1], new byte[4]));
        PthFile.Write(_folder["part.pth"], new StateDict([.. state.Entries.Where(entry => !entry.Name.StartsWith("fc1", StringComparison.Ordinal)), tail], []));
        using var torchs = new TorchNetwork();
        var head = to.Parameters[7].Values.ToArray();

        var notes = Weights.Load(to, _folder["part.pth"], isPartial: true);

        Assert.Equal(ModelGen.Torch.Weights.Load(torchs, _folder["part.pth"], isPartial: true), notes);
        Assert.Equal(3, notes.Count);
        Assert.Equal(from.Parameters[0].Values, to.Parameters[0].Values);
        Assert.Equal(head, to.Parameters[7].Values);
    }

    [Fact]
    public void TorchSharps_network_loads_what_this_one_saves()
    {
        using var torchs = new TorchNetwork();
        var network = ListedNetwork.Small().Filled(seed: 1);
        Weights.Save(network, _folder["model.pth"]);

        Assert.Empty(ModelGen.Torch.Weights.Load(torchs, _folder["model.pth"]));

        Assert.Equal(network.Parameters[0].Values, torchs.Conv1.weight.data<float>().ToArray());
        Assert.Equal(network.Parameters[6].Count, torchs.Bn1.num_batches_tracked!.item<long>());
    }

    [Theory]
    [InlineData(ScalarType.Float16)]
    [InlineData(ScalarType.BFloat16)]
    [InlineData(ScalarType.Float64)]
    public void Other_element_types_are_converted_as_PyTorch_does_and_noted(ScalarType type)
    {
        using var torchs = new TorchNetwork();
        torchs.to(type);
        ModelGen.Torch.Weights.Save(torchs, _folder["other.pth"]);
        var network = ListedNetwork.Small();

        var notes = Weights.Load(network, _folder["other.pth"]);

        Assert.Equal([$"converted 8 tensors from {type.ToString().ToLowerInvariant()} to float32"], notes);
        Assert.Equal(torchs.Conv1.weight.to(ScalarType.Float32).data<float>().ToArray(), network.Parameters[0].Values);
    }

    [Theory]
    [InlineData(ElementType.Int32)]
    [InlineData(ElementType.Int16)]
    [InlineData(ElementType.Int8)]
    [InlineData(ElementType.UInt8)]
    [InlineData(ElementType.Bool)]
    [InlineData(ElementType.Int64)]
    public void Whole_numbers_become_floats(ElementType type)
    {
        var bytes = new byte[2 * type.ByteSize()];
        bytes[type.ByteSize()] = 1;
        var target = new float[2];

        ModelGen.Cpu.Elements.Convert(bytes, type, System.Runtime.InteropServices.MemoryMarshal.AsBytes(target.AsSpan()), ElementType.Float32);

        Assert.Equal([0, 1], target);
    }

    [Fact]
    public void A_file_that_does_not_fit_is_refused_in_the_words_of_the_other_backend_and_changes_nothing()
    {
        using var torchs = new TorchNetwork();
        var network = ListedNetwork.Small().Filled(seed: 1);
        var state = NetworkState.Live(network);
        var before = state.Entries.Select(entry => entry.Tensor.Data.ToArray()).ToList();
        var entries = state.Entries.Where(entry => entry.Name is not ("bn1.bias" or "bn1.num_batches_tracked"))
            .Select(entry => entry with { Name = entry.Name.Replace("fc1.bias", "fc.bias", StringComparison.Ordinal) })
            .Select(entry => entry.Name == "conv1.weight" ? entry with { Tensor = entry.Tensor with { Shape = [2, 12] } } : entry);
        PthFile.Write(_folder["old.pth"], state with { Entries = [.. entries] });

        var message = Assert.Throws<ModelGenException>(() => Weights.Load(network, _folder["old.pth"])).Message;

        Assert.Equal(
            $"'{_folder["old.pth"]}' does not fit this network: it lacks bn1.bias, fc1.bias; it has the unexpected fc.bias; "
            + "conv1.weight is [2, 12] in the file but [2, 3, 2, 2] in the network. Nothing was loaded: use weights that the same network saved.",
            message);
        Assert.Equal(message, Assert.Throws<ModelGenException>(() => ModelGen.Torch.Weights.Load(torchs, _folder["old.pth"])).Message);
        Assert.Equal(before, NetworkState.Live(network).Entries.Select(entry => entry.Tensor.Data.ToArray()));
    }

    [Fact]
    public void A_prefix_is_taken_off_when_asked_for()
    {
        var from = ListedNetwork.Small().Filled(seed: 1);
        var to = ListedNetwork.Small();
        var state = NetworkState.Live(from);
        PthFile.Write(_folder["wrapped.pth"], new StateDict([.. state.Entries.Select(entry => entry with { Name = "module." + entry.Name })], []));

        Assert.EndsWith("which --strip-prefix module. takes off.", Assert.Throws<ModelGenException>(() => Weights.Load(to, _folder["wrapped.pth"])).Message, StringComparison.Ordinal);
        Assert.Empty(Weights.Load(to, _folder["wrapped.pth"], stripPrefix: "module."));
        Assert.Equal(from.Parameters[0].Values, to.Parameters[0].Values);
    }

    [Fact]
    public void Files_older_than_the_count_of_batches_load_with_a_note()
    {
        var network = ListedNetwork.Small().Filled(seed: 1);
        var count = network.Parameters[6].Count;
        var state = NetworkState.Live(network);
        PthFile.Write(_folder["old.pth"], state with { Entries = [.. state.Entries.Where(entry => !entry.Name.EndsWith("tracked", StringComparison.Ordinal))] });

        Assert.Equal(["kept 1 num_batches_tracked counter that the file does not have"], Weights.Load(network, _folder["old.pth"]));
        Assert.Equal(count, network.Parameters[6].Count);
    }

    [Fact]
    public void Values_have_no_count() => Assert.Throws<InvalidOperationException>(() => new ModelGen.Cpu.Parameter("fc1.bias", [2]).Count);

    private sealed class TorchNetwork : nn.Module
    {
        public TorchNetwork()
            : base(nameof(TorchNetwork))
        {
            register_module("conv1", Conv1);
            register_module("bn1", Bn1);
            register_module("fc1", Fc1);
        }

        public Conv2d Conv1 { get; } = nn.Conv2d(3, 2, 2);

        public BatchNorm2d Bn1 { get; } = nn.BatchNorm2d(2);

        public Linear Fc1 { get; } = nn.Linear(8, 4);
    }
}
