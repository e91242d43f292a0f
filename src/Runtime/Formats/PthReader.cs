using ModelGen.Formats.Pickle;
using ModelGen.Formats.Zip;
using ModelGen.Reporting;

namespace ModelGen.Formats;

/// <summary>Reads a state_dict from the archive that <c>torch.save</c> writes, without executing anything that the file says.</summary>
/// <remarks>
/// Every refusal is an <see cref="InvalidDataException"/> whose message continues a sentence that starts with the file's name.
/// </remarks>
internal sealed class PthReader
{
    /// <summary>The largest pickle read, in bytes; a state_dict takes about 150 for a tensor.</summary>
    private const long MaxPickle = 64 << 20;

    /// <summary>Tensors may take this many bytes whatever the file's size, ...</summary>
    private const long FreeExpansion = 64 << 20;

    /// <summary>... and beyond that this many times the file's size: room for tied weights, none for a bomb of stride 0.</summary>
    private const long MaxExpansion = 16;

    private readonly ZipReader _zip;
    private readonly string _folder;
    private readonly long _fileSize;
    private readonly Dictionary<string, ReadOnlyMemory<byte>> _storages = new(StringComparer.Ordinal);
    private long _expanded;

    private PthReader(Stream stream)
    {
        _fileSize = stream.Length;
        _zip = new ZipReader(stream);

        // As PyTorch: the folder of the first entry is the archive's folder.
        _folder = _zip.Names.Count > 0 ? _zip.Names[0][..(_zip.Names[0].IndexOf('/') + 1)] : "";
    }

    /// <summary>Reads the state_dict of a whole file.</summary>
    public static StateDict Read(Stream stream)
    {
        ForeignFile.Refuse(stream);
        var reader = new PthReader(stream);
        return reader.Read(reader.ReadRoot("a state_dict: save it with torch.save(model.state_dict(), path)"));
    }

    /// <summary>Reads the optimizer's state_dict of a whole file.</summary>
    public static OptimizerStateDict ReadOptimizer(Stream stream)
    {
        ForeignFile.Refuse(stream, PthOptimizerReader.Remedy, $"it holds no optimizer's state, so {PthOptimizerReader.Remedy}");
        var reader = new PthReader(stream);
        return new PthOptimizerReader(reader.ReadTensor).Read(reader.ReadRoot($"an optimizer's state_dict: {PthOptimizerReader.Remedy}"));
    }

    /// <summary>Whether a zip archive is one that <c>torch.save</c> writes.</summary>
    public static bool IsArchive(Stream stream)
    {
        try
        {
            new PthReader(stream).RefuseOtherArchives();
            return true;
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    /// <summary>Reads an entry beside the state_dict; null when there is none.</summary>
    public static byte[]? ReadAnnex(Stream stream, string annex)
    {
        ForeignFile.Refuse(stream);
        var reader = new PthReader(stream);
        return reader._zip.Find(reader._folder + annex) is { } entry ? reader._zip.Read(entry).ToArray() : null;
    }

    private PickleDict ReadRoot(string expected)
    {
        RefuseOtherArchives();
        var pickle = _zip.Find(_folder + "data.pkl")!;
        if (pickle.Size > MaxPickle)
            throw new InvalidDataException($"holds a pickle of {Quantity.Count(pickle.Size)} bytes, more than any state_dict: refused.");
        return new PickleReader(_zip.Read(pickle)).Load() as PickleDict ?? throw new InvalidDataException($"holds something else than {expected}.");
    }

    private StateDict Read(PickleDict root)
    {
        var (key, dict) = Unwrap(root);
        RefuseOtherDicts(dict);
        var entries = dict.Items.Select(item => new StateDictEntry(item.Key, ReadTensor(item.Key, (TensorView)item.Value!))).ToArray();
        return new StateDict(entries, ModuleVersions(dict)) { FoundUnder = key };
    }

    private void RefuseOtherArchives()
    {
        if (_zip.Find(_folder + "constants.pkl") is not null
            || _zip.Names.Any(name => name.StartsWith(_folder + "code/", StringComparison.Ordinal)))
            throw new InvalidDataException(
                "is a TorchScript program: in Python, torch.save(torch.jit.load(path).state_dict(), new_path) extracts its weights.");
        if (_zip.Find(_folder + "data.pkl") is null)
            throw new InvalidDataException(
                "is a zip archive without data.pkl, so torch.save did not write it: save the weights with torch.save(model.state_dict(), path).");
        if (_zip.Find(_folder + "byteorder") is { } entry && !_zip.Read(entry).Span.SequenceEqual("little"u8))
            throw new InvalidDataException(
                "was saved by a big-endian machine: load it in Python on a little-endian one, such as any x86 or ARM computer, and save it again.");
    }

    /// <summary>
    /// A checkpoint keeps a network's state_dict beside losses, counts and the state_dict of the optimizer, whose tensors are further down in lists and
    /// dicts of their own: the network's is the one that begins with a tensor.
    /// </summary>
    private static (string? Key, PickleDict Dict) Unwrap(PickleDict root)
    {
        var inner = root.Items.Where(item => item.Value is PickleDict { Items: { Count: > 0 } items } && items.GetAt(0).Value is TensorView).ToList();
        return inner switch
        {
            [] => (null, root),
            [var only] => (only.Key, (PickleDict)only.Value!),
            _ => throw new InvalidDataException(
                $"is a checkpoint with a state_dict under '{inner[0].Key}' and another under '{inner[1].Key}': save the one that you mean alone, torch.save(torch.load(path)['{inner[0].Key}'], new_path)."),
        };
    }

    private static void RefuseOtherDicts(PickleDict dict)
    {
        if (dict.Items.ContainsKey("param_groups"))
            throw new InvalidDataException("holds an optimizer's state_dict and no weights: --load-optimizer takes it, beside weights with --load.");
        if (dict.HasOtherKeys)
            throw new InvalidDataException($"has a key that is {Kind(dict.OtherKey)}, not a name as in a state_dict: save model.state_dict() alone.");
        foreach (var (key, value) in dict.Items)
        {
            if (value is not TensorView)
                throw new InvalidDataException($"holds {Kind(value)} under '{key}' where a state_dict has tensors: save model.state_dict() alone.");
        }
    }

    private StoredTensor ReadTensor(string name, TensorView view)
    {
        var type = view.Storage.Type;
        var bytes = (Int128)view.Count * type.ByteSize();
        if (bytes > FreeExpansion + (MaxExpansion * _fileSize) - _expanded)
            throw new InvalidDataException($"holds the tensor '{name}' that would take {bytes} bytes, too many for so small a file: refused.");
        if (bytes > Array.MaxLength)
            throw new InvalidDataException($"holds the tensor '{name}' of {bytes} bytes; ModelGen reads tensors of up to 2 GiB.");
        _expanded += (long)bytes;

        var data = view.Read(ReadStorage(name, view.Storage));
        if (type == ElementType.Bool && data.Span.ContainsAnyExceptInRange((byte)0, (byte)1))
            throw new InvalidDataException($"is damaged: the bool tensor '{name}' has bytes that are neither 0 nor 1; copy or save it again.");
        return new StoredTensor(type, view.Shape, data);
    }

    private ReadOnlyMemory<byte> ReadStorage(string name, StorageView storage)
    {
        var entry = _zip.Find($"{_folder}data/{storage.Key}")
            ?? throw new InvalidDataException($"is damaged: the data of the tensor '{name}' is missing; copy or save it again.");

        // A storage may end with a part of an element, when it is seen through a wider type than it was made with.
        if (entry.Size / storage.Type.ByteSize() != storage.Count)
            throw new InvalidDataException(
                $"is damaged: the tensor '{name}' needs {storage.Count} elements of {storage.Type}, its data has {entry.Size} bytes; save it again.");
        if (!_storages.TryGetValue(storage.Key, out var bytes))
            _storages.Add(storage.Key, bytes = _zip.Read(entry));
        return bytes;
    }

    /// <summary>The versions in <c>_metadata</c>. What else modules have put there doesn't bear on the tensors and isn't kept.</summary>
    private static List<KeyValuePair<string, int>> ModuleVersions(PickleDict dict)
    {
        var versions = new List<KeyValuePair<string, int>>();
        if (dict.Attributes is null || !dict.Attributes.Items.TryGetValue("_metadata", out var metadata) || metadata is not PickleDict modules)
            return versions;
        foreach (var (module, value) in modules.Items)
        {
            if (value is PickleDict facts && facts.Items.TryGetValue("version", out var version) && version is long and >= 0 and <= int.MaxValue)
                versions.Add(new(module, (int)(long)version));
        }

        return versions;
    }

    private static string Kind(object? value) => value switch
    {
        null => "None",
        bool => "a bool",
        long or double => "a number",
        string => "text",
        object?[] => "a tuple",
        List<object?> => "a list",
        PickleDict => "a dict",
        TensorView => "a tensor",
        _ => "an object",
    };
}
