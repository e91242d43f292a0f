using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace ModelGen.Formats.Pickle;

/// <summary>
/// Writes a pickle of protocol 2, each value by the one instruction that PyTorch's weights-only loading knows for it. Names and texts
/// that come again are remembered, as Python's pickler does; tuples, dicts and tensors aren't, because none of ours comes twice.
/// </summary>
internal sealed class PickleWriter
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly ArrayBufferWriter<byte> _output = new();
    private readonly Dictionary<(Opcode, string), int> _memo = [];

    /// <summary>Begins the pickle.</summary>
    public PickleWriter() => Write(Opcode.PROTO, 2);

    /// <summary>Ends the pickle and returns all of it.</summary>
    public ReadOnlySpan<byte> Finish()
    {
        Write(Opcode.STOP);
        return _output.WrittenSpan;
    }

    /// <summary>Writes an instruction that has no argument in the pickle.</summary>
    public void Write(Opcode opcode) => Take(1)[0] = (byte)opcode;

    /// <summary>Writes a whole number that is not negative.</summary>
    public void WriteNumber(long value)
    {
        switch (value)
        {
            case <= byte.MaxValue:
                Write(Opcode.BININT1, (byte)value);
                break;
            case <= int.MaxValue:
                Write(Opcode.BININT);
                BinaryPrimitives.WriteInt32LittleEndian(Take(sizeof(int)), (int)value);
                break;
            default:
                Write(Opcode.LONG1, sizeof(long));
                BinaryPrimitives.WriteInt64LittleEndian(Take(sizeof(long)), value);
                break;
        }
    }

    /// <summary>Writes a float of Python's.</summary>
    public void WriteReal(double value)
    {
        Write(Opcode.BINFLOAT);
        BinaryPrimitives.WriteDoubleBigEndian(Take(sizeof(double)), value);
    }

    /// <summary>Writes text.</summary>
    /// <exception cref="EncoderFallbackException">The text has half of a surrogate pair.</exception>
    public void WriteText(string text)
    {
        if (Recall(Opcode.BINUNICODE, text))
            return;
        Write(Opcode.BINUNICODE);
        BinaryPrimitives.WriteInt32LittleEndian(Take(sizeof(int)), StrictUtf8.GetByteCount(text));
        _output.Write(StrictUtf8.GetBytes(text));
        Remember(Opcode.BINUNICODE, text);
    }

    /// <summary>Writes a tuple of whole numbers.</summary>
    public void WriteTuple(IEnumerable<long> values)
    {
        Write(Opcode.MARK);
        foreach (var value in values)
            WriteNumber(value);
        Write(Opcode.TUPLE);
    }

    /// <summary>Writes a reference to a Python class or function.</summary>
    public void WriteGlobal(string module, string name)
    {
        var global = $"{module}\n{name}\n";
        if (Recall(Opcode.GLOBAL, global))
            return;
        Write(Opcode.GLOBAL);
        _output.Write(Encoding.ASCII.GetBytes(global));
        Remember(Opcode.GLOBAL, global);
    }

    /// <summary>Writes a new, empty OrderedDict.</summary>
    public void WriteOrderedDict()
    {
        WriteGlobal("collections", "OrderedDict");
        Write(Opcode.EMPTY_TUPLE);
        Write(Opcode.REDUCE);
    }

    private bool Recall(Opcode kind, string value)
    {
        if (!_memo.TryGetValue((kind, value), out var index))
            return false;
        WriteMemo(Opcode.BINGET, Opcode.LONG_BINGET, index);
        return true;
    }

    private void Remember(Opcode kind, string value)
    {
        WriteMemo(Opcode.BINPUT, Opcode.LONG_BINPUT, _memo.Count);
        _memo.Add((kind, value), _memo.Count);
    }

    private void WriteMemo(Opcode shortForm, Opcode longForm, int index)
    {
        if (index <= byte.MaxValue)
        {
            Write(shortForm, (byte)index);
            return;
        }

        Write(longForm);
        BinaryPrimitives.WriteInt32LittleEndian(Take(sizeof(int)), index);
    }

    private void Write(Opcode opcode, byte argument)
    {
        Write(opcode);
        Take(1)[0] = argument;
    }

    private Span<byte> Take(int size)
    {
        var span = _output.GetSpan(size)[..size];
        _output.Advance(size);
        return span;
    }
}
