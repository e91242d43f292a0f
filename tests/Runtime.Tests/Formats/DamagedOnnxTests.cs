using CsCheck;
using ModelGen.Formats;
using ModelGen.Formats.Onnx;

namespace ModelGen.Tests.Formats;

/// <summary>
/// Files of ONNX that were valid: whatever happened to them, the answer is a <see cref="ModelGenException"/> or a graph, and takes little more memory than
/// the file.
/// </summary>
public sealed class DamagedOnnxTests : IDisposable
{
    private readonly TempFolder _folder = new();
    private readonly byte[] _valid;

    public DamagedOnnxTests()
    {
        OnnxFile.Write(_folder["valid.onnx"], SampleOnnx.Graph, SampleOnnx.Weights, new OnnxOptions());
        _valid = File.ReadAllBytes(_folder["valid.onnx"]);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_file_cut_at_any_byte_is_refused_or_whole_up_to_there()
    {
        for (var length = 0; length < _valid.Length; length++)
            ReadOrRefuse(_valid[..length]);
        Assert.Contains("has no ONNX graph", Refusal([]), StringComparison.Ordinal);
        Assert.Contains("is cut short or damaged", Refusal(_valid[..(_valid.Length / 2)]), StringComparison.Ordinal);
    }

    [Fact]
    public void Changed_bytes_anywhere_give_a_refusal_or_a_graph_and_nothing_else() =>
        Gen.Select(Gen.Int[0, _valid.Length - 1], Gen.Byte).Array[1, 4].Sample(
            changes =>
            {
                var bytes = (byte[])_valid.Clone();
                foreach (var (position, value) in changes)
                    bytes[position] = value;
                ReadOrRefuse(bytes);
            },
            iter: FuzzRuns.Count,
            threads: 1);

    [Fact]
    public void Changed_bytes_of_one_whose_tensors_are_beside_it_do_too()
    {
        OnnxFile.Write(_folder["changed.onnx"], SampleOnnx.Wide, SampleOnnx.WideWeights, new OnnxOptions(), mostBytes: 0);
        var valid = File.ReadAllBytes(_folder["changed.onnx"]);
        Gen.Select(Gen.Int[0, valid.Length - 1], Gen.Byte).Array[1, 4].Sample(
            changes =>
            {
                var bytes = (byte[])valid.Clone();
                foreach (var (position, value) in changes)
                    bytes[position] = value;
                ReadOrRefuse(bytes);
            },
            iter: FuzzRuns.Count,
            threads: 1);
    }

    [Fact]
    public void Sizes_that_lie_are_refused_before_anything_is_made_of_them()
    {
        Assert.Contains("don't fit each other", Refusal(Tensor(new ProtoMessage().Add(1, long.MaxValue).Add(1, long.MaxValue).Add(2, 1).Add(9, new byte[8]))), StringComparison.Ordinal);
        Assert.Contains("don't fit each other", Refusal(Tensor(new ProtoMessage().Add(1, -2).Add(2, 1).Add(9, new byte[8]))), StringComparison.Ordinal);
        Assert.Contains("don't fit each other", Refusal(Tensor(new ProtoMessage().Add(1, 3).Add(2, 1).Add(9, new byte[8]))), StringComparison.Ordinal);
        Assert.Contains("is cut short or damaged", Refusal([0x3A, 0xFF, 0xFF, 0xFF, 0xFF, 0x07, 0x00]), StringComparison.Ordinal);
        Assert.Contains("is cut short or damaged", Refusal([0x3A, .. Enumerable.Repeat((byte)0xFF, 20)]), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_not_read_is_named()
    {
        Assert.Contains("element type 8,", Refusal(Tensor(new ProtoMessage().Add(2, 8))), StringComparison.Ordinal);
        Assert.Contains("has a graph inside of a node", Refusal(Graph(new ProtoMessage().Add(1, new ProtoMessage().Add(5, new ProtoMessage().Add(6, new ProtoMessage()))))), StringComparison.Ordinal);
        Assert.Contains("has sparse weights", Refusal(Graph(new ProtoMessage().Add(15, new ProtoMessage()))), StringComparison.Ordinal);
        Assert.Contains("is not UTF-8", Refusal(Graph(new ProtoMessage().Add(1, new ProtoMessage().Add(3, new byte[] { 0xFF })))), StringComparison.Ordinal);
        Assert.Contains("names and messages", Refusal(Graph(new ProtoMessage().AddAll(Enumerable.Range(0, 500_001), (message, _) => message.Add(1, "")))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", 0, 8, "in '', which is no file of its own folder")]
    [InlineData("..", 0, 8, "in '..', which is no file of its own folder")]
    [InlineData("../w.data", 0, 8, "in '../w.data', which is no file of its own folder")]
    [InlineData("/etc/passwd", 0, 8, "in '/etc/passwd', which is no file of its own folder")]
    [InlineData("C:w.data", 0, 8, "in 'C:w.data', which is no file of its own folder")]
    [InlineData("other.data", 0, 8, "in 'other.data', which is not beside it")]
    [InlineData("empty.data", 0, 8, "in 'empty.data', which is empty")]
    [InlineData("w.data", 9, 8, "behind the end of 'w.data'")]
    [InlineData("w.data", long.MaxValue, 8, "behind the end of 'w.data'")]
    [InlineData("w.data", -1, 8, "in a place of 'w.data' that is no number")]
    [InlineData("w.data", 0, 4, "of 8 bytes, of which 'w.data' holds 4")]
    public void A_file_beside_it_is_one_of_its_folder_and_has_what_it_should(string location, long offset, long length, string what)
    {
        _folder.Write("w.data", new byte[16]);
        _folder.Write("empty.data", []);

        Assert.Contains(what, Refusal(Tensor(Elsewhere([2], location, offset, length))), StringComparison.Ordinal);
    }

    [Fact]
    public void Tensors_of_more_than_2_GiB_in_a_file_beside_it_are_refused()
    {
        _folder.Write("w.data", new byte[16]);

        Assert.Contains("holds the tensor 'w' of 4294967296 bytes", Refusal(Tensor(Elsewhere([1 << 30], "w.data", 0, 1L << 32))), StringComparison.Ordinal);
        Assert.Contains("don't fit each other", Refusal(Tensor(Elsewhere([-1], "w.data", 0, 8))), StringComparison.Ordinal);
    }

    private static ProtoMessage Elsewhere(long[] shape, string location, long offset, long length)
    {
        var tensor = new ProtoMessage().AddAll(shape, (message, size) => message.Add(1, size)).Add(2, 1).Add(8, "w").Add(14, 1);
        return tensor.AddAll([("location", location), ("offset", $"{offset}"), ("length", $"{length}")], (message, entry) => message.Add(13, new ProtoMessage().Add(1, entry.Item1).Add(2, entry.Item2)));
    }

    private static ProtoMessage Tensor(ProtoMessage tensor) => Graph(new ProtoMessage().Add(5, tensor));

    private static ProtoMessage Graph(ProtoMessage graph) => new ProtoMessage().Add(7, graph);

    private string Refusal(ProtoMessage model)
    {
        using var stream = new MemoryStream();
        model.WriteTo(stream);
        return Refusal(stream.ToArray());
    }

    private string Refusal(byte[] bytes)
    {
        var path = _folder.Write("bad.onnx", bytes);
        var message = Assert.Throws<ModelGenException>(() => OnnxModel.Map(path, model => model)).Message;
        Assert.StartsWith($"'{path}' ", message, StringComparison.Ordinal);
        return message;
    }

    private void ReadOrRefuse(byte[] bytes)
    {
        var path = _folder.Write("changed.onnx", bytes);
        var before = GC.GetAllocatedBytesForCurrentThread();
        try
        {
            Assert.NotNull(OnnxModel.Map(path, model => model));
        }
        catch (ModelGenException refusal)
        {
            Assert.Contains("changed.onnx", refusal.Message, StringComparison.Ordinal);
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, (1 << 20) + (8 * bytes.Length));
    }
}
