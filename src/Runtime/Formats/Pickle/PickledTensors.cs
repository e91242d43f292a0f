namespace ModelGen.Formats.Pickle;

/// <summary>The tensors of a pickle that is being written. Those that share their memory (tied weights) share their storage in the file too.</summary>
internal sealed class PickledTensors
{
    private readonly List<ReadOnlyMemory<byte>> _storages = [];
    private readonly Dictionary<(ElementType, ReadOnlyMemory<byte>), int> _keys = [];

    /// <summary>What the entries <c>data/0</c>, <c>data/1</c>, ... of the archive are to hold.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Storages => _storages;

    /// <summary><c>torch._utils._rebuild_tensor_v2(storage, offset, sizes, strides, requires_grad, backward_hooks)</c></summary>
    /// <param name="pickle">What it is written into.</param>
    /// <param name="tensor">The tensor.</param>
    public void Write(PickleWriter pickle, StoredTensor tensor)
    {
        if (!_keys.TryGetValue((tensor.Type, tensor.Data), out var key))
        {
            key = _storages.Count;
            _keys.Add((tensor.Type, tensor.Data), key);
            _storages.Add(tensor.Data);
        }

        pickle.WriteGlobal("torch._utils", "_rebuild_tensor_v2");
        pickle.Write(Opcode.MARK);

        pickle.Write(Opcode.MARK);
        pickle.WriteText("storage");
        pickle.WriteGlobal("torch", tensor.Type.StorageName());
        pickle.WriteText($"{key}");
        pickle.WriteText("cpu");
        pickle.WriteNumber((long)tensor.Data.Length / tensor.Type.ByteSize());
        pickle.Write(Opcode.TUPLE);
        pickle.Write(Opcode.BINPERSID);

        pickle.WriteNumber(0);
        pickle.WriteTuple(tensor.Shape);
        pickle.WriteTuple(ContiguousStrides(tensor.Shape));
        pickle.Write(Opcode.NEWFALSE);
        pickle.WriteOrderedDict();

        pickle.Write(Opcode.TUPLE);
        pickle.Write(Opcode.REDUCE);
    }

    /// <summary>PyTorch's strides of a row-major tensor; a size of 0 counts as 1 in them.</summary>
    private static long[] ContiguousStrides(IReadOnlyList<long> shape)
    {
        var strides = new long[shape.Count];
        var stride = 1L;
        for (var i = shape.Count - 1; i >= 0; i--)
        {
            strides[i] = stride;
            stride *= Math.Max(shape[i], 1);
        }

        return strides;
    }
}
