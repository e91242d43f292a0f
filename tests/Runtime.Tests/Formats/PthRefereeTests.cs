using ModelGen.Formats;

namespace ModelGen.Tests.Formats;

/// <summary>PyTorch itself, with <c>weights_only=True</c>, reads what ModelGen writes.</summary>
public sealed class PthRefereeTests : IDisposable
{
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [PythonFact]
    public void Pytorch_loads_a_network_and_its_metadata()
    {
        Assert.Equal(
            """
            fc.weight|torch.float32|[2, 3]|0.0 1.0 2.0 3.0 4.0 5.0
            fc.bias|torch.float32|[2]|-1.0 0.5
            steps|torch.int64|[]|7.0
            |1
            fc|1
            <All keys matched successfully>

            """,
            Referee(Sample.Small));
    }

    [PythonFact]
    public void Pytorch_loads_every_element_type_with_its_values()
    {
        var tied = new StoredTensor(ElementType.Float32, [2], Sample.Bytes(1.5f, -2f));
        Assert.Equal(
            """
            größe|torch.float32|[2]|1.5 -2.0
            tied|torch.float32|[2]|1.5 -2.0
            float64|torch.float64|[1, 2]|1.5 1e+300
            float16|torch.float16|[2, 1]|1.5 65504.0
            bfloat16|torch.bfloat16|[1]|1.5
            int64|torch.int64|[1]|-2.0
            int32|torch.int32|[1]|-2.0
            int16|torch.int16|[1]|-2.0
            int8|torch.int8|[1]|-2.0
            uint8|torch.uint8|[1]|255.0
            bool|torch.bool|[2]|1.0 0.0
            empty|torch.float32|[2, 0, 3]|

            """,
            Referee(new StateDict(
                [
                    new("größe", tied),
                    new("tied", tied),
                    new("float64", new StoredTensor(ElementType.Float64, [1, 2], Sample.Bytes(1.5, 1e300))),
                    new("float16", new StoredTensor(ElementType.Float16, [2, 1], Sample.Bytes((Half)1.5, Half.MaxValue))),
                    new("bfloat16", new StoredTensor(ElementType.BFloat16, [1], Sample.Bytes((ushort)0x3FC0))),
                    new("int64", new StoredTensor(ElementType.Int64, [1], Sample.Bytes(-2L))),
                    new("int32", new StoredTensor(ElementType.Int32, [1], Sample.Bytes(-2))),
                    new("int16", new StoredTensor(ElementType.Int16, [1], Sample.Bytes((short)-2))),
                    new("int8", new StoredTensor(ElementType.Int8, [1], Sample.Bytes((sbyte)-2))),
                    new("uint8", new StoredTensor(ElementType.UInt8, [1], Sample.Bytes((byte)255))),
                    new("bool", new StoredTensor(ElementType.Bool, [2], Sample.Bytes((byte)1, (byte)0))),
                    new("empty", new StoredTensor(ElementType.Float32, [2, 0, 3], ReadOnlyMemory<byte>.Empty)),
                ],
                [])));
    }

    [PythonFact]
    public void Pytorch_loads_more_tensors_than_a_byte_can_number()
    {
        var entries = Enumerable.Range(0, 1000).Select(i => new StateDictEntry($"t{i}", new StoredTensor(ElementType.Int32, [1], Sample.Bytes(i))));

        var lines = Referee(new StateDict([.. entries], [])).Split('\n');

        Assert.Equal("t999|torch.int32|[1]|999.0", lines[999]);
    }

    private string Referee(StateDict state)
    {
        PthFile.Write(_folder["ours.pth"], state);
        return PythonTorch.Run(Path.Combine(AppContext.BaseDirectory, "Formats", "referee.py"), _folder["ours.pth"]).ReplaceLineEndings("\n");
    }
}
