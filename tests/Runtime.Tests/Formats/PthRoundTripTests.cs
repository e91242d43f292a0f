using System.Text;
using CsCheck;
using ModelGen.Formats;

namespace ModelGen.Tests.Formats;

public sealed class PthRoundTripTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void What_is_written_is_read_back_whatever_the_names_types_and_shapes()
    {
        var path = _folder["any.pth"];
        Sample.StateDict.Sample(
            state =>
            {
                PthFile.Write(path, state);
                Sample.AssertEqual(state, PthFile.Read(path));
            },
            iter: 300,
            threads: 1);
    }

    [Fact]
    public void The_same_state_dict_gives_the_same_bytes_under_any_file_name()
    {
        PthFile.Write(_folder["one.pth"], Sample.Small);
        PthFile.Write(_folder["another.name"], Sample.Small);

        Assert.Equal(File.ReadAllBytes(_folder["one.pth"]), File.ReadAllBytes(_folder["another.name"]));
    }

    [Fact]
    public void Tensors_that_share_memory_share_it_in_the_file_and_after_reading()
    {
        var tied = new StoredTensor(ElementType.Float32, [1000], Sample.Bytes(new float[1000]));
        PthFile.Write(_folder["tied.pth"], new StateDict([new("encoder", tied), new("decoder", tied)], []));

        var read = PthFile.Read(_folder["tied.pth"]);

        Assert.InRange(new FileInfo(_folder["tied.pth"]).Length, 4000, 6000);
        Assert.Equal(read.Entries[0].Tensor.Data, read.Entries[1].Tensor.Data);
    }

    [Fact]
    public void More_entries_than_a_byte_can_number_are_read_back()
    {
        var entries = Enumerable.Range(0, 3000)
            .Select(i => new StateDictEntry($"layer{i}.weight", new StoredTensor(ElementType.Int32, [1], Sample.Bytes(i))));
        var state = new StateDict([.. entries], []);

        PthFile.Write(_folder["many.pth"], state);

        Sample.AssertEqual(state, PthFile.Read(_folder["many.pth"]));
    }

    [Fact]
    public void Writing_replaces_the_old_file_and_leaves_no_other()
    {
        _folder.Write("model.pth", "old"u8);

        PthFile.Write(_folder["model.pth"], Sample.Small);

        Sample.AssertEqual(Sample.Small, PthFile.Read(_folder["model.pth"]));
        Assert.Equal(["model.pth"], _folder.Entries);
    }

    [Fact]
    public void Writing_into_a_missing_folder_is_refused_by_path()
    {
        var path = Path.Combine(_folder["missing"], "model.pth");

        Assert.Contains(path, Assert.Throws<ModelGenException>(() => PthFile.Write(path, Sample.Small)).Message, StringComparison.Ordinal);
    }

    public static TheoryData<string, StateDict> Misuses => new()
    {
        { "twice", new StateDict([Sample.Small.Entries[0], Sample.Small.Entries[0]], []) },
        { "doesn't fit its shape", Of(new StoredTensor(ElementType.Float32, [3], new byte[8])) },
        { "doesn't fit its shape", Of(new StoredTensor(ElementType.Float32, [long.MaxValue, long.MaxValue, 4], new byte[4])) },
        { "negative size", Of(new StoredTensor(ElementType.Float32, [-1, -1], new byte[4])) },
        { "version is negative", new StateDict([], [KeyValuePair.Create("", -1)]) },
        { "Unable to translate", new StateDict([new("half of a pair \uD83D", Sample.Small.Entries[0].Tensor)], []) },
    };

    [Theory]
    [MemberData(nameof(Misuses))]
    public void A_state_dict_that_contradicts_itself_is_the_callers_error_and_the_old_file_stays(string reason, StateDict state)
    {
        _folder.Write("model.pth", "old"u8);

        var error = Assert.ThrowsAny<ArgumentException>(() => PthFile.Write(_folder["model.pth"], state));

        Assert.Contains(reason, error.Message, StringComparison.Ordinal);
        Assert.Equal("old", File.ReadAllText(_folder["model.pth"], Encoding.ASCII));
    }

    private static StateDict Of(StoredTensor tensor) => new([new("t", tensor)], []);
}
