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
        var tensors = new PickledTensors();
        WriteArchive(stream, WritePickle(state, tensors), tensors.Storages, annex, content);
    }

    /// <summary>Writes an optimizer's state_dict.</summary>
    public static void WriteOptimizer(Stream stream, OptimizerStateDict state)
    {
        var tensors = new PickledTensors();
        WriteArchive(stream, PthOptimizerWriter.WritePickle(state, tensors), tensors.Storages);
    }

    private static void WriteArchive(Stream stream, ReadOnlySpan<byte> pickle, IReadOnlyList<ReadOnlyMemory<byte>> storages, string annex = "", byte[]? content = null)
    {
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

    private static ReadOnlySpan<byte> WritePickle(StateDict state, PickledTensors tensors)
    {
        var pickle = new PickleWriter();
        pickle.WriteOrderedDict();
        foreach (var (name, tensor) in state.Entries)
        {
            pickle.WriteText(name);
            tensors.Write(pickle, tensor);
            pickle.Write(Opcode.SETITEM);
        }

        if (state.ModuleVersions.Count > 0)
            WriteMetadata(pickle, state.ModuleVersions);
        return pickle.Finish();
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
}
