using ModelGen.Reporting;

namespace ModelGen.Formats.Pickle;

/// <summary>
/// The pickle machine that PyTorch's weights-only loading defines (<c>torch/_weights_only_unpickler.py</c>): exactly its instructions
/// and, of its globals, those of <see cref="TorchGlobal"/>. It imports nothing, and calls nothing but the functions of that table.
/// </summary>
/// <remarks>
/// Values: null, <see cref="bool"/>, <see cref="long"/>, <see cref="double"/>, <see cref="string"/>, a tuple as <c>object?[]</c>, a list as
/// <c>List&lt;object?&gt;</c>, <see cref="PickleDict"/>, <see cref="TorchGlobal"/> and what its functions make. A value may hold itself,
/// so nothing here walks through values. Every refusal is an <see cref="InvalidDataException"/> whose message continues a sentence
/// that starts with the file's name. Time and memory are proportional to the instructions, at most <see cref="MaxInstructions"/>.
/// </remarks>
/// <param name="pickle">The pickle.</param>
internal sealed class PickleReader(ReadOnlyMemory<byte> pickle)
{
    /// <summary>The most instructions executed; a state_dict takes about 35 for a tensor.</summary>
    public const int MaxInstructions = 2_000_000;

    /// <summary>The most values on the stack; Python's pickler flushes its batches of 1,000 items.</summary>
    public const int MaxStack = 16_384;

    /// <summary>The deepest nesting of collections under construction; a state_dict has 4.</summary>
    public const int MaxMarks = 256;

    private readonly PickleBytes _bytes = new(pickle);
    private readonly List<object?> _stack = [];
    private readonly Stack<int> _marks = [];
    private readonly List<object?> _memo = [];

    /// <summary>Executes the pickle and returns the value it describes.</summary>
    public object? Load()
    {
        for (var i = 0; i < MaxInstructions; i++)
        {
            var opcode = (Opcode)_bytes.TakeByte();
            if (opcode == Opcode.STOP)
                return Pop();
            Execute(opcode);
            if (_stack.Count > MaxStack || _marks.Count > MaxMarks)
                throw new InvalidDataException("holds a pickle that nests deeper than any state_dict: refused.");
        }

        throw new InvalidDataException($"holds a pickle of more than {Quantity.Count(MaxInstructions)} instructions, more than any state_dict: refused.");
    }

    private void Execute(Opcode opcode)
    {
        switch (opcode)
        {
            case Opcode.PROTO: _bytes.TakeByte(); break;

            case Opcode.NONE: _stack.Add(null); break;
            case Opcode.NEWTRUE: _stack.Add(true); break;
            case Opcode.NEWFALSE: _stack.Add(false); break;
            case Opcode.BININT: _stack.Add((long)_bytes.TakeInt32()); break;
            case Opcode.BININT1: _stack.Add((long)_bytes.TakeByte()); break;
            case Opcode.BININT2: _stack.Add((long)_bytes.TakeUInt16()); break;
            case Opcode.LONG1: _stack.Add(_bytes.TakeInteger(_bytes.TakeByte())); break;
            case Opcode.BINFLOAT: _stack.Add(_bytes.TakeDouble()); break;
            case Opcode.BINUNICODE: _stack.Add(_bytes.TakeText(_bytes.TakeUInt32())); break;
            case Opcode.SHORT_BINSTRING: _stack.Add(_bytes.TakeText(_bytes.TakeByte())); break;

            case Opcode.EMPTY_TUPLE: _stack.Add(Array.Empty<object?>()); break;
            case Opcode.TUPLE1: _stack.Add(PopTuple(1)); break;
            case Opcode.TUPLE2: _stack.Add(PopTuple(2)); break;
            case Opcode.TUPLE3: _stack.Add(PopTuple(3)); break;
            case Opcode.TUPLE: _stack.Add(PopToMark()); break;
            case Opcode.EMPTY_LIST: _stack.Add(new List<object?>()); break;
            case Opcode.EMPTY_DICT: _stack.Add(new PickleDict()); break;
            case Opcode.EMPTY_SET: _stack.Add(new HashSet<object?>()); break;
            case Opcode.MARK: _marks.Push(_stack.Count); break;
            case Opcode.APPEND: Append([Pop()]); break;
            case Opcode.APPENDS: Append(PopToMark()); break;
            case Opcode.SETITEM: SetItems(PopTuple(2)); break;
            case Opcode.SETITEMS: SetItems(PopToMark()); break;

            case Opcode.BINPUT: Remember(_bytes.TakeByte()); break;
            case Opcode.LONG_BINPUT: Remember(_bytes.TakeUInt32()); break;
            case Opcode.BINGET: _stack.Add(Recall(_bytes.TakeByte())); break;
            case Opcode.LONG_BINGET: _stack.Add(Recall(_bytes.TakeUInt32())); break;

            case Opcode.GLOBAL: _stack.Add(TorchGlobal.Find(_bytes.TakeLine(), _bytes.TakeLine())); break;
            case Opcode.BINPERSID: _stack.Add(TorchGlobal.LoadStorage(Pop())); break;
            case Opcode.NEWOBJ or Opcode.REDUCE: Call(); break;
            case Opcode.BUILD: Build(); break;

            default:
                var name = Enum.IsDefined(opcode) ? opcode.ToString() : "without a name";
                throw new InvalidDataException(
                    $"uses the pickle instruction {name} (0x{(byte)opcode:X2}): refused. Save it again with torch.save and its defaults.");
        }
    }

    private object? Pop()
    {
        var top = Top();
        _stack.RemoveAt(_stack.Count - 1);
        return top;
    }

    private object? Top() => _stack.Count > Floor ? _stack[^1] : throw Damaged("takes a value where there is none");

    /// <summary>The stack position below which values belong to a collection further out.</summary>
    private int Floor => _marks.TryPeek(out var mark) ? mark : 0;

    private object?[] PopTuple(int count)
    {
        var start = _stack.Count - count;
        if (start < Floor)
            throw Damaged("takes a value where there is none");
        var items = _stack.GetRange(start, count).ToArray();
        _stack.RemoveRange(start, count);
        return items;
    }

    private object?[] PopToMark()
    {
        var items = PopTuple(_stack.Count - Floor);
        return _marks.TryPop(out _) ? items : throw Damaged("ends a collection that was not begun");
    }

    private void Append(object?[] items)
    {
        if (Top() is not List<object?> list)
            throw Damaged("appends to what is not a list");
        list.AddRange(items);
    }

    private void SetItems(object?[] items)
    {
        if (Top() is not PickleDict dict || items.Length % 2 != 0)
            throw Damaged("sets items of what is not a dict");
        for (var i = 0; i < items.Length; i += 2)
            dict.Set(items[i], items[i + 1]);
    }

    /// <summary>Python numbers what it remembers from 0 without gaps, so a number can't ask for more memory than there are values.</summary>
    private void Remember(uint index)
    {
        if (index > _memo.Count)
            throw Damaged("numbers its values with gaps");
        if (index == _memo.Count)
            _memo.Add(null);
        _memo[(int)index] = Top();
    }

    private object? Recall(uint index) => index < _memo.Count ? _memo[(int)index] : throw Damaged("refers to a value that it does not hold");

    /// <summary>REDUCE calls a function, NEWOBJ makes an object of a class; for what the table of globals holds that is the same.</summary>
    private void Call()
    {
        if (PopTuple(2) is not [TorchGlobal function, object?[] arguments])
            throw Damaged("calls what is not a function");
        _stack.Add(function.Call(arguments));
    }

    private void Build()
    {
        // Only an OrderedDict has attributes; torch.save leaves them on it when a state_dict has _metadata.
        if (PopTuple(2) is not [PickleDict dict, PickleDict attributes])
            throw Damaged("sets the attributes of what is not an OrderedDict");
        dict.Attributes = attributes;
        _stack.Add(dict);
    }

    private static InvalidDataException Damaged(string what) => new($"is damaged: its pickle {what}; copy or save it again.");
}
