using System.Text;
using ModelGen.Formats.Pickle;
using ModelGen.Formats.Zip;

namespace ModelGen.Formats;

/// <summary>
/// Writes a state_dict as <c>torch.save</c> does: an archive with one folder that holds the pickle <c>data.pkl</c>, the storages
/// <c>data/0</c>, <c>data/1</c>, ... and notes on the format. The same state_dict gives the same bytes, whatever the file's name.
/// </summary>
internal static class PthWriter
{
    // The folder's name that torch.save uses when it writes to a stream. PyTorch accepts any.
    private const string Folder = "archive/";

    /// <summary>Writes a state_dict, and beside it the entry <paramref name="annex"/> when it has content.</summary>
    public static void Write(Stream stream, StateDict state, string annex = "", byte[]? content = null)
    {
        var storages = new List<ReadOnlyMemory<byte>>();
        var pickle = WritePickle(state, storages);

        using var writer = new BinaryWriter(stream, Encoding.UTF8, leaveOpen: true);
        var zip = new ZipWriter(writer);
        var names = 0u;
        var contents = 0u;
        Add("data.pkl", pickle);
        Add("byteorder", "little"u8);
        for (var i = 0; i < storages.Count; i++)
            Add($"data/{i}", storages[i].Span);
        Add("version", "3\n"u8);
        if (content is not null)
            Add(annex, content);

        // A fingerprint of what was written, 2 x 20 digits. PyTorch's own comes from other hash functions, and nothing compares them.
        zip.Add(Folder + ".data/serialization_id", Encoding.ASCII.GetBytes($"{names:D20}{contents:D20}"));
        zip.Finish();

        void Add(string name, ReadOnlySpan<byte> content)
        {
            names = Crc32.Append(names, Encoding.ASCII.GetBytes(name));
            contents = Crc32.Append(contents, BitConverter.GetBytes(zip.Add(Folder + name, content)));
        }
    }

    private static ReadOnlySpan<byte> WritePickle(StateDict state, List<ReadOnlyMemory<byte>> storages)
    {
        // Tensors that share their memory (tied weights) share their storage in the file too.
        var keys = new Dictionary<(ElementType, ReadOnlyMemory<byte>), int>();
        var pickle = new PickleWriter();
        pickle.WriteOrderedDict();
        foreach (var (name, tensor) in state.Entries)
        {
            if (!keys.TryGetValue((tensor.Type, tensor.Data), out var key))
            {
                key = storages.Count;
                keys.Add((tensor.Type, tensor.Data), key);
                storages.Add(tensor.Data);
            }

            pickle.WriteText(name);
            WriteTensor(pickle, tensor, key);
            pickle.Write(Opcode.SETITEM);
        }

        if (state.ModuleVersions.Count > 0)
            WriteMetadata(pickle, state.ModuleVersions);
        return pickle.Finish();
    }

    /// <summary><c>torch._utils._rebuild_tensor_v2(storage, offset, sizes, strides, requires_grad, backward_hooks)</c></summary>
    private static void WriteTensor(PickleWriter pickle, StoredTensor tensor, int key)
    {
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

    /// <summary>Sets <c>_metadata</c>, which tells <c>load_state_dict</c> the version of each module's layout.</summary>
    private static void WriteMetadata(PickleWriter pickle, IReadOnlyList<KeyValuePair<string, int>> versions)
    {
        pickle.Write(Opcode.EMPTY_DICT);
        pickle.WriteText("_metadata");
        pickle.WriteOrderedDict();
        foreach (var (module, version) in versions)
        {
            pickle.WriteText(module);
            pickle.Write(Opcode.EMPTY_DICT);
            pickle.WriteText("version");
            pickle.WriteNumber(version);
            pickle.Write(Opcode.SETITEM);
            pickle.Write(Opcode.SETITEM);
        }

        pickle.Write(Opcode.SETITEM);
        pickle.Write(Opcode.BUILD);
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
