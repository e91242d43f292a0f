using ModelGen.Formats;
using ModelGen.Tests.Formats;
using ModelGen.Torch;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace ModelGen.Tests.Torch;

[Collection(OneAfterTheOther.Name)]
public sealed class ModuleStateTests
{
    public ModuleStateTests() => LibTorch.Configure(0, 1);

    [Fact]
    public void Names_and_order_are_PyTorchs()
    {
        using var network = new Network();

        var state = ModuleState.Live(network);

        Assert.Equal(
            [
                "conv1.weight", "conv1.bias", "bn1.weight", "bn1.bias", "bn1.running_mean", "bn1.running_var", "bn1.num_batches_tracked",
                "head.0.weight", "head.1.weight", "head.1.bias",
            ],
            state.Entries.Select(entry => entry.Name));
    }

    [Fact]
    public void Every_module_states_its_version()
    {
        using var network = new Network();

        var versions = ModuleState.Live(network).ModuleVersions;

        Assert.Equal([":1", "conv1:1", "bn1:2", "head:1", "head.0:1", "head.1:1"], versions.Select(version => $"{version.Key}:{version.Value}"));
    }

    [Fact]
    public void Elements_are_contiguous_whatever_the_strides()
    {
        using var network = new Network();
        using (no_grad())
            network.Conv1.weight = new Parameter(arange(24, ScalarType.Float32).reshape(2, 2, 2, 3).permute(0, 3, 1, 2));

        var weight = ModuleState.Live(network).Entries[0].Tensor;

        Assert.Equal(ElementType.Float32, weight.Type);
        Assert.Equal([2, 3, 2, 2], weight.Shape);
        Assert.Equal(network.Conv1.weight.contiguous().data<float>().ToArray(), Values(weight));
        Assert.Equal([0f, 3, 6, 9, 1, 4, 7, 10], Values(weight)[..8]);
    }

    [Fact]
    public void A_0_d_tensor_keeps_its_type_and_shape()
    {
        using var network = new Network();
        network.Bn1.forward(rand(2, 2, 3, 3));

        var count = ModuleState.Live(network).Entries.Single(entry => entry.Name == "bn1.num_batches_tracked").Tensor;

        Assert.Equal(ElementType.Int64, count.Type);
        Assert.Empty(count.Shape);
        Assert.Equal([1, 0, 0, 0, 0, 0, 0, 0], count.Data.ToArray());
    }

    [Fact]
    public void Values_are_copied_into_the_tensors_that_are_there()
    {
        using var from = new Network();
        using var to = new Network();
        from.Bn1.forward(rand(2, 2, 3, 3));
        var weight = to.Conv1.weight;
        var live = DisposeScopeManager.Statistics.ThreadTotalLiveCount;

        var notes = ModuleState.Copy(ModuleState.Live(from), to, "model.pth");

        Assert.Empty(notes);
        Assert.Same(weight, to.Conv1.weight);
        Assert.True(weight.requires_grad);
        Assert.Equal(live, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
        AssertEqual(ModuleState.Live(from), ModuleState.Live(to));
    }

    [Fact]
    public void A_state_that_does_not_fit_is_refused_with_every_difference_and_changes_nothing()
    {
        using var network = new Network();
        var before = ModuleState.Live(network).Copied();
        var entries = before.Entries.Where(entry => entry.Name is not ("bn1.bias" or "head.1.weight" or "bn1.num_batches_tracked"))
            .Select(entry => entry with { Name = entry.Name.Replace("head.0", "fc", StringComparison.Ordinal) })
            .Select(entry => entry with { Tensor = entry.Name == "conv1.weight" ? entry.Tensor with { Shape = [2, 6, 2] } : Zeros(entry.Tensor) })
            .Append(new StateDictEntry("extra", new StoredTensor(ElementType.Float32, [], new byte[4])));

        var error = Assert.Throws<ModelGenException>(() => ModuleState.Copy(before with { Entries = [.. entries] }, network, "old.pth"));

        Assert.Equal(
            "'old.pth' does not fit this network: it lacks bn1.bias, head.0.weight, head.1.weight; it has the unexpected fc.weight, extra; "
            + "conv1.weight is [2, 6, 2] in the file but [2, 3, 2, 2] in the network. Nothing was loaded: use weights that the same network saved.",
            error.Message);
        AssertEqual(before, ModuleState.Live(network));
    }

    [Fact]
    public void Of_many_differences_the_first_are_listed_and_the_rest_counted()
    {
        using var module = nn.ReLU();
        var entries = Enumerable.Range(0, 3000).Select(i => new StateDictEntry($"x{i}", new StoredTensor(ElementType.UInt8, [1], new byte[1])));

        var message = Assert.Throws<ModelGenException>(() => ModuleState.Copy(new StateDict([.. entries], []), module, "many.pth")).Message;

        Assert.Contains("unexpected x0, x1, ", message, StringComparison.Ordinal);
        Assert.Contains(", x9 and 2,990 more. Nothing was loaded", message, StringComparison.Ordinal);
    }

    [Fact]
    public void Other_element_types_are_converted_and_noted()
    {
        using var network = new Network();
        var state = ModuleState.Live(network);
        var halves = state.Entries.Select(entry => entry.Tensor.Type == ElementType.Float32
            ? entry with { Tensor = new StoredTensor(ElementType.Float16, entry.Tensor.Shape, Halves(Values(entry.Tensor))) }
            : entry);

        var notes = ModuleState.Copy(state with { Entries = [.. halves] }, network, "half.pth");

        Assert.Equal(["converted 9 tensors from float16 to float32"], notes);
        Assert.Equal(Values(state.Entries[0].Tensor).Select(value => (float)(Half)value), network.Conv1.weight.data<float>().ToArray());
    }

    [Fact]
    public void Files_older_than_the_count_of_batches_load_with_a_note()
    {
        using var from = new Network();
        using var to = new Network();
        var state = ModuleState.Live(from).Copied();
        var old = state.Entries.Where(entry => !entry.Name.EndsWith("num_batches_tracked", StringComparison.Ordinal));

        var notes = ModuleState.Copy(state with { Entries = [.. old] }, to, "old.pth");

        Assert.Equal(["kept 1 num_batches_tracked counter that the file does not have"], notes);
        AssertEqual(state, ModuleState.Live(to));
    }

    [Theory]
    [InlineData(ElementType.Float64)]
    [InlineData(ElementType.Float16)]
    [InlineData(ElementType.BFloat16)]
    [InlineData(ElementType.Int32)]
    [InlineData(ElementType.Int16)]
    [InlineData(ElementType.Int8)]
    [InlineData(ElementType.UInt8)]
    [InlineData(ElementType.Bool)]
    public void Every_element_type_goes_out_and_in_unchanged(ElementType type)
    {
        using var module = new OneBuffer(tensor(new float[] { 0, 1, 1, 0 }).to(Elements.ScalarOf(type)));
        using var other = new OneBuffer(zeros(4, Elements.ScalarOf(type)));

        var state = ModuleState.Live(module);
        ModuleState.Copy(state, other, "file");

        Assert.Equal(type, state.Entries[0].Tensor.Type);
        AssertEqual(state, ModuleState.Live(other));
        Assert.Equal([0f, 1, 1, 0], other.Values.to(ScalarType.Float32).data<float>().ToArray());
    }

    [Fact]
    public void An_element_type_that_files_do_not_have_is_refused_by_name()
    {
        using var module = new OneBuffer(zeros(1, ScalarType.ComplexFloat32));

        var error = Assert.Throws<ModelGenException>(() => ModuleState.Live(module));

        Assert.StartsWith("The tensor 'values' is ComplexFloat32", error.Message, StringComparison.Ordinal);
    }

    private static StoredTensor Zeros(StoredTensor tensor) => tensor with { Data = new byte[tensor.Data.Length] };

    private static float[] Values(StoredTensor tensor) => System.Runtime.InteropServices.MemoryMarshal.Cast<byte, float>(tensor.Data.Span).ToArray();

    private static byte[] Halves(float[] values) => [.. values.SelectMany(value => BitConverter.GetBytes((Half)value))];

    private static void AssertEqual(StateDict expected, StateDict actual)
    {
        Assert.Equal(expected.Entries.Select(entry => entry.Name), actual.Entries.Select(entry => entry.Name));
        Assert.All(expected.Entries.Zip(actual.Entries), pair => Assert.Equal(pair.First.Tensor.Data.ToArray(), pair.Second.Tensor.Data.ToArray()));
    }

    private sealed class Network : nn.Module
    {
        public Network()
            : base(nameof(Network))
        {
            register_module("conv1", Conv1);
            register_module("bn1", Bn1);
            register_module("head", Head);
        }

        public Conv2d Conv1 { get; } = nn.Conv2d(3, 2, 2);

        public BatchNorm2d Bn1 { get; } = nn.BatchNorm2d(2);

        public Sequential Head { get; } = nn.Sequential(nn.Linear(8, 4, hasBias: false), nn.Linear(4, 2));
    }

    private sealed class OneBuffer : nn.Module
    {
        public OneBuffer(Tensor values)
            : base(nameof(OneBuffer))
        {
            Values = values;
            register_buffer("values", values);
            register_buffer("scratch", zeros(1), persistent: false);
        }

        public Tensor Values { get; }
    }
}
