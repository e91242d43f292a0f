using System.Buffers.Binary;
using System.Text;
using ModelGen.Formats.Pickle;

namespace ModelGen.Tests.Formats;

/// <summary>Puts pickles together instruction by instruction, also those that Python's pickler would never write.</summary>
internal sealed class PickleAssembler
{
    private readonly List<byte> _bytes = [(byte)Opcode.PROTO, 2];

    /// <summary>The pickle, with a STOP at its end.</summary>
    public byte[] ToArray() => [.. _bytes, (byte)Opcode.STOP];

    public PickleAssembler Op(Opcode opcode, params byte[] argument)
    {
        _bytes.Add((byte)opcode);
        _bytes.AddRange(argument);
        return this;
    }

    public PickleAssembler Repeat(int count, Opcode opcode, params byte[] argument)
    {
        for (var i = 0; i < count; i++)
            Op(opcode, argument);
        return this;
    }

    public PickleAssembler Global(string module, string name) => Op(Opcode.GLOBAL, Encoding.UTF8.GetBytes($"{module}\n{name}\n"));

    public PickleAssembler Text(string text)
    {
        var utf8 = Encoding.UTF8.GetBytes(text);
        return Op(Opcode.BINUNICODE, [.. Sample.Bytes(utf8.Length), .. utf8]);
    }

    public PickleAssembler Number(long number)
    {
        var bytes = new byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, number);
        return Op(Opcode.LONG1, [sizeof(long), .. bytes]);
    }

    public PickleAssembler Tuple(params long[] numbers)
    {
        Op(Opcode.MARK);
        foreach (var number in numbers)
            Number(number);
        return Op(Opcode.TUPLE);
    }

    /// <summary>A storage, as PyTorch refers to it.</summary>
    public PickleAssembler Storage(long count, string type = "FloatStorage", string key = "0") =>
        Op(Opcode.MARK).Text("storage").Global("torch", type).Text(key).Text("cpu").Number(count).Op(Opcode.TUPLE).Op(Opcode.BINPERSID);

    /// <summary>A tensor that views <see cref="Storage"/>.</summary>
    public PickleAssembler Tensor(long count, long offset, long[] sizes, long[] strides, string type = "FloatStorage", string key = "0") =>
        Global("torch._utils", "_rebuild_tensor_v2").Op(Opcode.MARK).Storage(count, type, key).Number(offset).Tuple(sizes).Tuple(strides)
            .Op(Opcode.NEWFALSE).Op(Opcode.NONE).Op(Opcode.TUPLE).Op(Opcode.REDUCE);
}
