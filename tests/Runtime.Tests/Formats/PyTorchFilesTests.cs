using ModelGen.Formats;

namespace ModelGen.Tests.Formats;

/// <summary>Files made by PyTorch itself, by <c>Fixtures/make_fixtures.py</c>, which fills tensors with 0, 1, 2, ...</summary>
public sealed class PyTorchFilesTests
{
    [Theory]
    [InlineData("network.pth")]
    [InlineData("plain_dict.pth")]
    [InlineData("from_stream.pth")]
    public void A_networks_state_dict_has_pytorchs_names_order_and_values(string file)
    {
        var state = Read(file);

        (string Name, long[] Shape)[] expected =
        [
            ("conv1.weight", [2, 1, 3, 3]), ("conv1.bias", [2]),
            ("bn1.weight", [2]), ("bn1.bias", [2]), ("bn1.running_mean", [2]), ("bn1.running_var", [2]), ("bn1.num_batches_tracked", []),
            ("fc.weight", [3, 4]), ("fc.bias", [3]),
        ];
        Assert.Equal(expected.Select(e => e.Name), state.Entries.Select(e => e.Name));
        Assert.Equal(expected.Select(e => e.Shape), state.Entries.Select(e => e.Tensor.Shape));
        foreach (var (name, tensor) in state.Entries)
        {
            if (name == "bn1.num_batches_tracked")
                AssertTensor(tensor, ElementType.Int64, 0L);
            else
                AssertTensor(tensor, ElementType.Float32, [.. Enumerable.Range(0, tensor.Data.Length / 4).Select(i => (float)i)]);
        }
    }

    [Theory]
    [InlineData("checkpoint.pth", "model_state_dict")]
    [InlineData("with_optimizer.pth", "state_dict")]
    public void A_checkpoint_gives_the_one_state_dict_that_it_holds_and_its_key(string file, string key)
    {
        var state = Read(file);

        Assert.Equal(key, state.FoundUnder);
        Assert.Null(Read("network.pth").FoundUnder);
        Sample.AssertEqual(Read("network.pth"), state);
    }

    [Fact]
    public void A_mapped_file_gives_the_same_tensors_also_those_that_are_gathered()
    {
        foreach (var file in new[] { "network.pth", "types.pth", "views.pth", "with_optimizer.pth" })
            PthFile.Map(Fixture(file), "", (state, _) => { Sample.AssertEqual(Read(file), state); return true; });
    }

    [Fact]
    public void A_state_dicts_metadata_gives_the_modules_versions()
    {
        KeyValuePair<string, int>[] expected = [new("", 1), new("conv1", 1), new("bn1", 2), new("fc", 1)];

        Assert.Equal(expected, Read("network.pth").ModuleVersions);
        Assert.Empty(Read("plain_dict.pth").ModuleVersions);
    }

    [Fact]
    public void Parameters_are_read_as_their_tensors()
    {
        var state = Read("parameters.pth");

        Assert.Equal(["conv1.weight", "conv1.bias", "bn1.weight", "bn1.bias", "fc.weight", "fc.bias"], state.Entries.Select(e => e.Name));
        AssertTensor(state.Entries[5].Tensor, ElementType.Float32, 0f, 1f, 2f);
    }

    [Fact]
    public void Every_element_type_keeps_its_bits()
    {
        var tensors = Tensors("types.pth");

        AssertTensor(tensors["float32"], ElementType.Float32, 1.5f, -2f, float.PositiveInfinity);
        AssertTensor(tensors["float64"], ElementType.Float64, 1.5, -2, 1e300);
        AssertTensor(tensors["float16"], ElementType.Float16, (Half)1.5, (Half)(-2), Half.MaxValue);
        AssertTensor(tensors["bfloat16"], ElementType.BFloat16, (ushort)0x3FC0, (ushort)0xC000, (ushort)0x4380);
        AssertTensor(tensors["int64"], ElementType.Int64, 1L, -2L, 1L << 62);
        AssertTensor(tensors["int32"], ElementType.Int32, 1, -2, int.MaxValue);
        AssertTensor(tensors["int16"], ElementType.Int16, (short)1, (short)-2, short.MaxValue);
        AssertTensor(tensors["int8"], ElementType.Int8, (sbyte)1, (sbyte)-2, (sbyte)127);
        AssertTensor(tensors["uint8"], ElementType.UInt8, (byte)1, (byte)2, (byte)255);
        AssertTensor(tensors["bool"], ElementType.Bool, (byte)1, (byte)0, (byte)1);
    }

    [Fact]
    public void A_scalar_has_no_sizes_and_an_empty_tensor_no_data()
    {
        var tensors = Tensors("types.pth");

        Assert.Empty(tensors["scalar"].Shape);
        AssertTensor(tensors["scalar"], ElementType.Int64, 7L);
        Assert.Equal([2, 0, 3], tensors["empty"].Shape);
        Assert.True(tensors["empty"].Data.IsEmpty);
    }

    [Theory]
    [InlineData("whole", "4 6", "0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23")]
    [InlineData("transposed", "6 4", "0 6 12 18 1 7 13 19 2 8 14 20 3 9 15 21 4 10 16 22 5 11 17 23")]
    [InlineData("rows", "2 6", "6 7 8 9 10 11 12 13 14 15 16 17")]
    [InlineData("columns", "4 3", "1 3 5 7 9 11 13 15 17 19 21 23")]
    [InlineData("element", "", "15")]
    [InlineData("tied", "4 6", "0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23")]
    [InlineData("expanded", "2 3", "0 1 2 0 1 2")]
    [InlineData("channels_last", "1 2 2 2", "0 1 2 3 4 5 6 7")]
    public void A_view_is_gathered_into_row_major_order(string name, string shape, string values)
    {
        var tensor = Tensors("views.pth")[name];

        Assert.Equal(shape, string.Join(' ', tensor.Shape));
        AssertTensor(tensor, ElementType.Float32, [.. values.Split(' ').Select(float.Parse)]);
    }

    [Fact]
    public void The_folder_may_have_any_name_and_hold_the_entries_that_newer_versions_add() =>
        Sample.AssertEqual(Read("linear.pth"), Read("renamed_folder.pth"));

    [Theory]
    [InlineData("legacy.pth", "before 1.6", "torch.save")]
    [InlineData("torchscript.pth", "TorchScript", "state_dict()")]
    [InlineData("big_endian.pth", "big-endian", "little-endian")]
    [InlineData("whole_module.pth", "'torch.nn.modules.linear.Linear'", "model.state_dict()")]
    [InlineData("two_state_dicts.pth", "a state_dict under 'model' and another under 'ema'", "torch.load(path)['model']")]
    [InlineData("not_only_tensors.pth", "text under 'note'", "model.state_dict()")]
    [InlineData("number_as_name.pth", "a key that is a number", "model.state_dict()")]
    [InlineData("tensor.pth", "something else than a state_dict", "model.state_dict()")]
    [InlineData("complex.pth", "'torch.ComplexFloatStorage'", "float32")]
    [InlineData("sparse.pth", "'torch._utils._rebuild_sparse_tensor'", "refused")]
    [InlineData("protocol4.pth", "FRAME", "refused")]
    public void What_is_not_a_state_dict_is_refused_by_what_it_is_and_with_what_to_do(string file, string what, string remedy)
    {
        var error = Assert.Throws<ModelGenException>(() => Read(file));

        Assert.StartsWith($"'{Fixture(file)}' ", error.Message, StringComparison.Ordinal);
        Assert.Contains(what, error.Message, StringComparison.Ordinal);
        Assert.Contains(remedy, error.Message, StringComparison.Ordinal);
    }

    private static StateDict Read(string file) => PthFile.Read(Fixture(file));

    private static Dictionary<string, StoredTensor> Tensors(string file) => Read(file).Entries.ToDictionary(e => e.Name, e => e.Tensor);

    private static string Fixture(string file) => Path.Combine(AppContext.BaseDirectory, "Formats", "Fixtures", file);

    private static void AssertTensor<T>(StoredTensor tensor, ElementType type, params T[] values)
        where T : unmanaged
    {
        Assert.Equal(type, tensor.Type);
        Assert.Equal(Sample.Bytes(values), tensor.Data.ToArray());
    }
}
