using System.Text;
using ModelGen.Formats;
using ModelGen.Formats.Pickle;
using ModelGen.Formats.Zip;

namespace ModelGen.Tests.Formats;

/// <summary>Files whose pickle asks for more than a state_dict may: each is refused, by name, before anything large is allocated.</summary>
public sealed class HostilePickleTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private static PickleAssembler Pickle => new();

    [Theory]
    [InlineData("os", "system")]
    [InlineData("posix", "system")]
    [InlineData("builtins", "eval")]
    [InlineData("builtins", "getattr")]
    [InlineData("__builtin__", "exec")]
    [InlineData("subprocess", "Popen")]
    [InlineData("torch", "load")]
    [InlineData("torch.hub", "load")]
    [InlineData("System.Diagnostics", "Process")]
    [InlineData("__main__", "Net")]
    public void A_function_or_class_that_weights_do_not_need_is_refused_by_name(string module, string name)
    {
        var pickle = Pickle.Global(module, name).Text("echo pwned").Op(Opcode.TUPLE1).Op(Opcode.REDUCE);

        AssertRefused(pickle, $"asks to run '{module}.{name}'");
    }

    [Theory]
    [InlineData(nameof(Opcode.STACK_GLOBAL))]
    [InlineData(nameof(Opcode.INST))]
    [InlineData(nameof(Opcode.OBJ))]
    [InlineData(nameof(Opcode.NEWOBJ_EX))]
    [InlineData(nameof(Opcode.EXT1))]
    [InlineData(nameof(Opcode.PERSID))]
    [InlineData(nameof(Opcode.FRAME))]
    [InlineData(nameof(Opcode.MEMOIZE))]
    [InlineData(nameof(Opcode.DUP))]
    [InlineData(nameof(Opcode.BYTEARRAY8))]
    public void An_instruction_outside_of_weights_only_loading_is_refused_by_name(string opcode) =>
        AssertRefused(Pickle.Text("os").Text("system").Op(Enum.Parse<Opcode>(opcode)), $"instruction {opcode} (0x");

    [Fact]
    public void An_instruction_that_no_protocol_has_is_refused_by_its_code() =>
        AssertRefused(Pickle.Op((Opcode)0xFF), "without a name (0xFF)");

    [Fact]
    public void Names_of_a_hostile_file_reach_no_terminal_as_control_codes_nor_at_full_length()
    {
        var error = Refuse(Pickle.Global("os\u001b[2J", new string('x', 100_000)));

        Assert.Contains("os?[2J", error.Message, StringComparison.Ordinal);
        Assert.InRange(error.Message.Length, 1, 2100);
    }

    [Fact]
    public void A_memo_number_far_beyond_the_values_is_refused() =>
        AssertRefused(Pickle.Op(Opcode.EMPTY_DICT).Op(Opcode.LONG_BINPUT, 0xFF, 0xFF, 0xFF, 0x7F), "with gaps");

    [Fact]
    public void A_memo_number_without_a_value_is_refused() => AssertRefused(Pickle.Op(Opcode.BINGET, 3), "does not hold");

    [Fact]
    public void Nesting_deeper_than_any_state_dict_is_refused()
    {
        AssertRefused(Pickle.Repeat(100_000, Opcode.MARK), "nests deeper");
        AssertRefused(Pickle.Repeat(100_000, Opcode.EMPTY_LIST), "nests deeper");
    }

    [Fact]
    public void Tuples_nested_a_million_deep_do_not_overflow_the_stack() =>
        AssertRefused(
            Pickle.Op(Opcode.EMPTY_DICT).Text("a").Op(Opcode.EMPTY_TUPLE).Repeat(1_000_000, Opcode.TUPLE1).Op(Opcode.SETITEM),
            "a tuple under 'a'");

    [Fact]
    public void More_instructions_than_any_state_dict_has_are_refused() =>
        AssertRefused(Pickle.Op(Opcode.NONE).Repeat(2_000_001, Opcode.TUPLE1), "instructions");

    [Fact]
    public void A_dict_that_holds_itself_is_refused_like_any_dict_that_is_not_a_tensor() =>
        AssertRefused(Pickle.Op(Opcode.EMPTY_DICT).Op(Opcode.BINPUT, 0).Text("self").Op(Opcode.BINGET, 0).Op(Opcode.SETITEM), "a dict under 'self'");

    [Fact]
    public void A_list_that_holds_itself_is_refused_like_any_list() =>
        AssertRefused(
            Pickle.Op(Opcode.EMPTY_DICT).Text("l")
                .Op(Opcode.EMPTY_LIST).Op(Opcode.BINPUT, 0).Op(Opcode.BINGET, 0).Op(Opcode.APPEND).Op(Opcode.SETITEM),
            "a list under 'l'");

    public static TheoryData<string, long, long[], long[]> OutOfStorage => new()
    {
        { "one past the end", 1, [4], [1] },
        { "an offset at the end", 4, [], [] },
        { "a huge offset", long.MaxValue, [1], [1] },
        { "a negative offset", -1, [1], [1] },
        { "a stride over the end", 0, [2], [4] },
        { "a stride whose product wraps around to 0", 0, [5], [1L << 62] },
        { "strides whose sum wraps around", 0, [2, 2, 2], [long.MaxValue, long.MaxValue, 2] },
        { "a negative stride", 3, [4], [-1] },
        { "a negative size", 0, [-1], [1] },
        { "sizes whose product wraps around to 0", 0, [1L << 32, 1L << 32], [0, 0] },
        { "more strides than sizes", 0, [4], [1, 1] },
        { "65 dimensions", 0, [.. Enumerable.Repeat(1L, 65)], [.. Enumerable.Repeat(1L, 65)] },
    };

    [Theory]
    [MemberData(nameof(OutOfStorage))]
    public void A_tensor_with_elements_outside_its_storage_is_refused(string what, long offset, long[] sizes, long[] strides) =>
        AssertRefused(Pickle.Op(Opcode.EMPTY_DICT).Text(what).Tensor(4, offset, sizes, strides).Op(Opcode.SETITEM), "outside its storage");

    [Fact]
    public void A_stride_that_is_never_taken_may_be_anything()
    {
        var state = Read(Pickle.Op(Opcode.EMPTY_DICT).Text("w").Tensor(4, 1, [1, 2], [long.MaxValue, 2]).Op(Opcode.SETITEM).ToArray());

        Assert.Equal(Sample.Bytes(1f, 3f), state.Entries.Single().Tensor.Data.ToArray());
    }

    [Theory]
    [InlineData(1L << 40)]
    [InlineData(long.MaxValue)]
    public void Strides_of_zero_do_not_expand_a_small_storage_beyond_the_budget(long size) =>
        AssertRefused(Pickle.Op(Opcode.EMPTY_DICT).Text("w").Tensor(4, 0, [size], [0]).Op(Opcode.SETITEM), "the tensor 'w' that would take");

    [Fact]
    public void Many_tensors_share_one_budget()
    {
        var pickle = Pickle.Op(Opcode.EMPTY_DICT);
        for (var i = 0; i < 20; i++)
            pickle.Text($"w{i}").Tensor(4, 0, [1 << 20], [0]).Op(Opcode.SETITEM);

        AssertRefused(pickle, "the tensor 'w16' that would take");
    }

    [Theory]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(1L << 61)]
    [InlineData(long.MaxValue)]
    public void A_storage_whose_entry_has_another_length_is_refused(long count) =>
        AssertRefused(Pickle.Op(Opcode.EMPTY_DICT).Text("w").Tensor(count, 0, [1], [1]).Op(Opcode.SETITEM), $"needs {count} elements of Float32");

    [Fact]
    public void A_storage_that_is_not_in_the_file_is_refused() =>
        AssertRefused(Pickle.Op(Opcode.EMPTY_DICT).Text("w").Tensor(4, 0, [4], [1], key: "../data.pkl").Op(Opcode.SETITEM), "is missing");

    [Fact]
    public void A_bool_that_is_neither_0_nor_1_is_refused() =>
        AssertRefused(Pickle.Op(Opcode.EMPTY_DICT).Text("w").Tensor(16, 0, [16], [1], "BoolStorage").Op(Opcode.SETITEM), "the bool tensor 'w'");

    [Fact]
    public void A_small_file_that_claims_to_be_large_is_refused_without_allocating()
    {
        PickleAssembler[] claims =
        [
            Pickle.Op(Opcode.EMPTY_DICT).Text("stride 0").Tensor(4, 0, [1L << 30], [0]).Op(Opcode.SETITEM),
            Pickle.Op(Opcode.EMPTY_DICT).Text("storage").Tensor(1L << 30, 0, [1L << 30], [1]).Op(Opcode.SETITEM),
            Pickle.Op(Opcode.EMPTY_DICT).Op(Opcode.LONG_BINPUT, 0, 0, 0, 0x40),
            Pickle.Op(Opcode.BINUNICODE, 0, 0, 0, 0x40),
        ];
        foreach (var pickle in claims)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            Refuse(pickle);
            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1 << 20);
        }
    }

    public static TheoryData<string, string> Nonsense => new()
    {
        { "", "takes a value" },
        { "t", "a collection that was not begun" },
        { "u", "a collection that was not begun" },
        { "}(", "takes a value" },
        { "}N(s", "takes a value" },
        { "}(Nu", "sets items of what is not a dict" },
        { "NNNs", "sets items of what is not a dict" },
        { "]NNs", "sets items of what is not a dict" },
        { "}Na", "appends to what is not a list" },
        { "NNR", "calls what is not a function" },
        { "ctorch\nfloat32\n)R", "calls 'torch.float32'" },
        { "ctorch._utils\n_rebuild_tensor_v2\n)R", "calls 'torch._utils._rebuild_tensor_v2'" },
        { "ccollections\nOrderedDict\nN\u0085R", "calls 'collections.OrderedDict'" },
        { "]}b", "sets the attributes" },
        { "}Nb", "sets the attributes" },
        { "NQ", "is not a storage" },
        { ")Q", "is not a storage" },
        { "X\u00ff\u00ff\u00ff\u00ff", "in the middle of an instruction" },
        { "X\u0001\u0000\u0000\u0000\u00ff", "not UTF-8" },
        { "ctorch", "in the middle of an instruction" },
        { "\u008a\u0009\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0001", "a number of 9 bytes" },
        { "N", "something else than a state_dict" },
        { "}NNs", "a key that is None" },
    };

    [Theory]
    [MemberData(nameof(Nonsense))]
    public void A_pickle_that_makes_no_sense_is_refused_by_what_it_does(string instructions, string what)
    {
        byte[] pickle = [(byte)Opcode.PROTO, 2, .. Encoding.Latin1.GetBytes(instructions), (byte)Opcode.STOP];

        Assert.Contains(what, Assert.Throws<ModelGenException>(() => Read(pickle)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_lazily_negated_tensor_is_refused_because_its_bytes_are_not_its_values()
    {
        var pickle = Pickle.Op(Opcode.EMPTY_DICT).Text("w").Global("torch._utils", "_rebuild_tensor_v2").Op(Opcode.MARK)
            .Storage(4).Number(0).Tuple(4).Tuple(1).Op(Opcode.NEWFALSE).Op(Opcode.NONE)
            .Op(Opcode.EMPTY_DICT).Text("neg").Op(Opcode.NEWTRUE).Op(Opcode.SETITEM).Op(Opcode.TUPLE).Op(Opcode.REDUCE).Op(Opcode.SETITEM);

        AssertRefused(pickle, "resolve_neg()");
    }

    /// <summary>2^63 is one more than a size can be; a pickle writes it in nine bytes.</summary>
    [Fact]
    public void A_size_of_2_to_the_63_is_refused()
    {
        var pickle = Pickle.Op(Opcode.EMPTY_DICT).Text("w").Global("torch._utils", "_rebuild_tensor_v2").Op(Opcode.MARK)
            .Storage(4).Number(0).Op(Opcode.MARK).Op(Opcode.LONG1, 9, 0, 0, 0, 0, 0, 0, 0, 0x80, 0);

        AssertRefused(pickle, "number");
    }

    /// <summary>Nothing is unpacked: an entry's name is looked up, and never a place to write to or to read from.</summary>
    [Fact]
    public void Entries_that_are_named_like_paths_elsewhere_are_entries()
    {
        using var stream = new MemoryStream();
        var zip = new ZipWriter(new BinaryWriter(stream));
        zip.Add("../data.pkl", Pickle.Op(Opcode.EMPTY_DICT).Text("w").Tensor(4, 0, [4], [1]).Op(Opcode.SETITEM).ToArray());
        zip.Add("../data/0", Sample.Bytes(0f, 1f, 2f, 3f));
        foreach (var name in new[] { "../../evil", "/evil", "..\\evil", "C:\\evil" })
            zip.Add(name, "evil"u8);
        zip.Finish();

        Assert.Equal("w", PthFile.Read(_folder.Write("paths.pth", stream.ToArray())).Entries.Single().Name);
        Assert.Equal(["paths.pth"], _folder.Entries);
        Assert.False(File.Exists(Path.Combine(_folder.Path, "..", "evil")));
    }

    private void AssertRefused(PickleAssembler pickle, string what) => Assert.Contains(what, Refuse(pickle).Message, StringComparison.Ordinal);

    private ModelGenException Refuse(PickleAssembler pickle) => Assert.Throws<ModelGenException>(() => Read(pickle.ToArray()));

    /// <summary>Reads a file with a pickle and the storage <c>0</c>, which holds the floats 0, 1, 2, 3.</summary>
    private StateDict Read(byte[] pickle)
    {
        using var stream = new MemoryStream();
        var zip = new ZipWriter(new BinaryWriter(stream));
        zip.Add("x/data.pkl", pickle);
        zip.Add("x/data/0", Sample.Bytes(0f, 1f, 2f, 3f));
        zip.Finish();
        return PthFile.Read(_folder.Write("hostile.pth", stream.ToArray()));
    }
}
