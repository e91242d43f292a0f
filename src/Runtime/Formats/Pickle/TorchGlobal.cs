using System.Collections.Frozen;

namespace ModelGen.Formats.Pickle;

/// <summary>
/// A Python class, function or constant that a pickled state_dict may name: the part of PyTorch's weights-only whitelist that
/// dense tensors need. There is no other way from a name in a file to code.
/// </summary>
internal sealed class TorchGlobal
{
    private static readonly FrozenDictionary<string, TorchGlobal> Table = MakeTable();

    private readonly string _name;
    private readonly ElementType? _storage;
    private readonly Func<object?[], object?>? _call;

    private TorchGlobal(string name, Func<object?[], object?>? call = null, ElementType? storage = null) =>
        (_name, _call, _storage) = (name, call, storage);

    /// <summary>Finds a global.</summary>
    /// <param name="module">The Python module.</param>
    /// <param name="name">The name in it.</param>
    /// <exception cref="InvalidDataException">It isn't one of the table.</exception>
    public static TorchGlobal Find(string module, string name)
    {
        var path = $"{module}.{name}";
        if (Table.TryGetValue(path, out var found))
            return found;
        if (module == "torch" && name.EndsWith("Storage", StringComparison.Ordinal))
            throw new InvalidDataException(
                $"holds a tensor of the element type '{path}', which ModelGen cannot exchange: convert it to float32 and save again.");
        throw new InvalidDataException(
            $"asks to run '{path}', which plain weights do not need: refused. Save the weights alone: torch.save(model.state_dict(), path).");
    }

    /// <summary>Resolves a persistent id, by which a pickle refers to a storage: <c>('storage', class, key, location, count)</c>.</summary>
    public static StorageView LoadStorage(object? id) =>
        id is object?[] and ["storage", TorchGlobal { _storage: { } type }, string key, string, long count and >= 0]
            ? new StorageView(type, key, count)
            : throw new InvalidDataException("is damaged: its pickle refers to something that is not a storage; copy or save it again.");

    /// <summary>Calls the function, or makes an object of the class.</summary>
    /// <exception cref="InvalidDataException">It can't be called, or not with these arguments.</exception>
    public object Call(object?[] arguments) =>
        _call?.Invoke(arguments) ?? throw new InvalidDataException($"calls '{_name}' with arguments that it does not take: refused.");

    /// <summary>Functions return null for arguments they don't take.</summary>
    private static FrozenDictionary<string, TorchGlobal> MakeTable()
    {
        List<TorchGlobal> globals =
        [
            new("collections.OrderedDict", static arguments => arguments is [] ? new PickleDict() : null),
            new("torch._utils._rebuild_tensor", RebuildTensor),
            new("torch._utils._rebuild_tensor_v2", RebuildTensorV2),
            new("torch._utils._rebuild_parameter", static arguments => arguments is [TensorView tensor, bool, _] ? tensor : null),
            new("torch._utils._rebuild_parameter_with_state", static arguments => arguments is [TensorView tensor, bool, _, _] ? tensor : null),
            new("torch.nn.parameter.Parameter", static arguments => arguments is [TensorView tensor, ..] and { Length: <= 2 } ? tensor : null),
            new("torch.Size", static arguments => arguments is [object?[] sizes] ? sizes : null),
            new("torch.device", static arguments => arguments is [string, ..] ? new object() : null),
            new("torch.storage.UntypedStorage", storage: ElementType.UInt8),
        ];
        globals.AddRange(Enum.GetValues<ElementType>().Select(type => new TorchGlobal("torch." + type.StorageName(), storage: type)));
        string[] dtypes =
            ["float32", "float64", "float16", "bfloat16", "int64", "int32", "int16", "int8", "uint8", "bool", "complex64", "complex128"];
        globals.AddRange(dtypes.Select(dtype => new TorchGlobal("torch." + dtype)));
        return globals.ToFrozenDictionary(global => global._name, StringComparer.Ordinal);
    }

    private static TensorView? RebuildTensor(object?[] arguments) =>
        arguments is [StorageView storage, long offset, object?[] sizes, object?[] strides]
            ? TensorView.Create(storage, offset, sizes, strides)
            : null;

    /// <summary>(storage, offset, sizes, strides, requires_grad, backward_hooks) and, since PyTorch 2.0, perhaps metadata.</summary>
    private static TensorView? RebuildTensorV2(object?[] arguments) => arguments switch
    {
        [_, _, _, _, bool, _] or [_, _, _, _, bool, _, null or PickleDict { Items.Count: 0, HasOtherKeys: false }] => RebuildTensor(arguments[..4]),
        [_, _, _, _, bool, _, PickleDict] =>
            throw new InvalidDataException("holds a lazily negated or conjugated tensor: call resolve_neg() or resolve_conj() on it and save again."),
        _ => null,
    };
}
