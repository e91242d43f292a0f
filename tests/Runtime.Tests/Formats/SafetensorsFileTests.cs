using System.Text;
using ModelGen.Formats;

namespace ModelGen.Tests.Formats;

/// <summary>The safetensors format, byte by byte as its specification has it.</summary>
public sealed class SafetensorsFileTests : IDisposable
{
    // 8 bytes with the length of the header, the header filled up with spaces to a multiple of 8, the data.
    private const string SmallHeader =
        """{"__metadata__":{"format":"pt"},"fc.weight":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]},"fc.bias":{"dtype":"F32","shape":[2],"data_offsets":[24,32]},"steps":{"dtype":"I64","shape":[],"data_offsets":[32,40]}}""";

    private static readonly byte[] Small =
        [.. Sample.Bytes(216L), .. Encoding.ASCII.GetBytes(SmallHeader.PadRight(216)), .. Sample.Bytes(0f, 1, 2, 3, 4, 5, -1, 0.5f), .. Sample.Bytes(7L)];

    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_is_a_header_in_json_and_the_data_in_the_order_of_the_state_dict()
    {
        SafetensorsFile.Write(_folder["small.safetensors"], Sample.Small);

        Assert.Equal(Small, File.ReadAllBytes(_folder["small.safetensors"]));
    }

    [Fact]
    public void A_file_is_read_as_the_specification_has_it() =>
        Sample.AssertEqual(Sample.Small with { ModuleVersions = [] }, SafetensorsFile.Read(_folder.Write("small.safetensors", Small)));

    [Fact]
    public void A_header_may_be_in_any_order_and_without_metadata_and_padding()
    {
        const string Header = """{ "b": {"data_offsets": [2, 4], "shape": [2], "dtype": "U8"}, "a": {"dtype": "I8", "shape": [1, 2], "data_offsets": [0, 2]} }""";

        var entries = SafetensorsFile.Read(_folder.Write("x.safetensors", [.. Sample.Bytes((long)Header.Length), .. Encoding.ASCII.GetBytes(Header), 1, 2, 3, 4])).Entries;

        Assert.Equal(["a", "b"], entries.Select(entry => entry.Name));
        Assert.Equal([ElementType.Int8, ElementType.UInt8], entries.Select(entry => entry.Tensor.Type));
        Assert.Equal([1, 2], entries[0].Tensor.Data.ToArray());
        Assert.Equal([3, 4], entries[1].Tensor.Data.ToArray());
    }

    [Theory]
    [InlineData(ElementType.Float32, "F32")]
    [InlineData(ElementType.Float64, "F64")]
    [InlineData(ElementType.Float16, "F16")]
    [InlineData(ElementType.BFloat16, "BF16")]
    [InlineData(ElementType.Int64, "I64")]
    [InlineData(ElementType.Int32, "I32")]
    [InlineData(ElementType.Int16, "I16")]
    [InlineData(ElementType.Int8, "I8")]
    [InlineData(ElementType.UInt8, "U8")]
    [InlineData(ElementType.Bool, "BOOL")]
    public void Every_element_type_has_its_name_in_the_format(ElementType type, string name)
    {
        var state = new StateDict([new("x", new StoredTensor(type, [1], new byte[Sample.ByteSize(type)]))], []);

        SafetensorsFile.Write(_folder["x.safetensors"], state);

        Assert.Contains($"\"dtype\":\"{name}\"", File.ReadAllText(_folder["x.safetensors"]), StringComparison.Ordinal);
        Sample.AssertEqual(state, SafetensorsFile.Read(_folder["x.safetensors"]));
    }

    [Fact]
    public void What_is_written_is_read_back_whatever_the_names_types_and_shapes()
    {
        var path = _folder["any.safetensors"];
        CsCheck.Check.Sample(
            Sample.StateDict,
            state =>
            {
                SafetensorsFile.Write(path, state);
                Sample.AssertEqual(state with { ModuleVersions = [] }, SafetensorsFile.Read(path));
            },
            iter: 300,
            threads: 1);
    }

    [Fact]
    public void Numbers_that_are_none_pass_untouched()
    {
        var strange = new StoredTensor(ElementType.Float32, [3], Sample.Bytes(0x7FC00001u, 0xFF800001u, 0x80000000u));
        SafetensorsFile.Write(_folder["nan.safetensors"], new StateDict([new("x", strange)], []));

        Assert.Equal(strange.Data.ToArray(), SafetensorsFile.Read(_folder["nan.safetensors"]).Entries[0].Tensor.Data.ToArray());
    }

    /// <summary>3 GiB that are all holes: neither the disk nor the memory has them.</summary>
    [LinuxFact]
    public void A_mapped_file_may_be_larger_than_an_array()
    {
        const int Size = 1_610_612_736;
        var header = $$$"""{"a":{"dtype":"U8","shape":[{{{Size}}}],"data_offsets":[0,{{{Size}}}]},"b":{"dtype":"U8","shape":[{{{Size}}}],"data_offsets":[{{{Size}}},{{{2L * Size}}}]}}""";
        using (var file = File.Create(_folder["holes.safetensors"]))
        {
            file.Write([.. Sample.Bytes((long)header.Length), .. Encoding.ASCII.GetBytes(header)]);
            file.SetLength(file.Position + (2L * Size));
        }

        var before = GC.GetAllocatedBytesForCurrentThread();
        SafetensorsFile.Map(_folder["holes.safetensors"], state =>
        {
            Assert.All(state.Entries, entry => Assert.Equal((Size, (byte)0), (entry.Tensor.Data.Length, entry.Tensor.Data.Span[^1])));
            return 0;
        });

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
    }

    [Fact]
    public void A_mapped_file_takes_no_memory_beside_it_and_ends_with_its_use()
    {
        const int Size = 16 << 20;
        var state = new StateDict([new("x", new StoredTensor(ElementType.UInt8, [Size], new byte[Size]))], []);
        SafetensorsFile.Write(_folder["large.safetensors"], state);
        PthFile.Write(_folder["large.pth"], state);

        AssertTakesNoMemory(() => SafetensorsFile.Map(_folder["large.safetensors"], Use));
        AssertTakesNoMemory(() => PthFile.Map(_folder["large.pth"], "", (mapped, _) => Use(mapped)));

        static ReadOnlyMemory<byte> Use(StateDict mapped)
        {
            Assert.Equal(Size, mapped.Entries[0].Tensor.Data.Span.Count((byte)0));
            return mapped.Entries[0].Tensor.Data;
        }

        static void AssertTakesNoMemory(Func<ReadOnlyMemory<byte>> map)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var outlived = map();
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, Size / 16);
            Assert.Throws<ObjectDisposedException>(() => outlived.Span.Length);
        }
    }

    public static TheoryData<string, StateDict> Misuses => new()
    {
        { "twice", new StateDict([Sample.Small.Entries[0], Sample.Small.Entries[0]], []) },
        { "doesn't fit its shape", new StateDict([new("t", new StoredTensor(ElementType.Float32, [3], new byte[8]))], []) },
        { "can't be called '__metadata__'", new StateDict([new("__metadata__", Sample.Small.Entries[0].Tensor)], []) },
        { "Unable to translate", new StateDict([new("half of a pair \uD83D", Sample.Small.Entries[0].Tensor)], []) },
    };

    [Theory]
    [MemberData(nameof(Misuses))]
    public void A_state_dict_that_the_format_cannot_hold_is_the_callers_error_and_the_old_file_stays(string reason, StateDict state)
    {
        _folder.Write("model.safetensors", "old"u8);

        var error = Assert.ThrowsAny<ArgumentException>(() => SafetensorsFile.Write(_folder["model.safetensors"], state));

        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.Equal("old", File.ReadAllText(_folder["model.safetensors"], Encoding.ASCII));
    }

    [SafetensorsFact]
    public void Safetensors_itself_reads_our_file_and_we_read_its()
    {
        SafetensorsFile.Write(_folder["ours.safetensors"], Sample.Small);

        PythonTorch.Run(Path.Combine(AppContext.BaseDirectory, "Formats", "safetensors_referee.py"), _folder["ours.safetensors"], _folder["theirs.safetensors"]);

        var theirs = SafetensorsFile.Read(_folder["theirs.safetensors"]);
        Sample.AssertEqual(Sorted(Sample.Small), Sorted(theirs));

        // It sorts by type and name.
        static StateDict Sorted(StateDict state) => new([.. state.Entries.OrderBy(entry => entry.Name, StringComparer.Ordinal)], []);
    }
}
