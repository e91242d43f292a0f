namespace ModelGen.Formats;

/// <summary>The element types that a PyTorch state_dict can hold and ModelGen can exchange.</summary>
public enum ElementType
{
    /// <summary>IEEE 754 single precision, 4 bytes (<c>torch.float32</c>).</summary>
    Float32,

    /// <summary>IEEE 754 double precision, 8 bytes (<c>torch.float64</c>).</summary>
    Float64,

    /// <summary>IEEE 754 half precision, 2 bytes (<c>torch.float16</c>).</summary>
    Float16,

    /// <summary>The upper half of a float32, 2 bytes (<c>torch.bfloat16</c>).</summary>
    BFloat16,

    /// <summary>Signed 64-bit integer (<c>torch.int64</c>).</summary>
    Int64,

    /// <summary>Signed 32-bit integer (<c>torch.int32</c>).</summary>
    Int32,

    /// <summary>Signed 16-bit integer (<c>torch.int16</c>).</summary>
    Int16,

    /// <summary>Signed 8-bit integer (<c>torch.int8</c>).</summary>
    Int8,

    /// <summary>Unsigned 8-bit integer (<c>torch.uint8</c>).</summary>
    UInt8,

    /// <summary>One byte, 0 or 1 (<c>torch.bool</c>).</summary>
    Bool,
}

/// <summary>A tensor at rest: its element type, its shape and its elements, contiguous (row-major) and little-endian.</summary>
/// <param name="Type">The element type.</param>
/// <param name="Shape">The sizes, outermost first; empty for a 0-d tensor.</param>
/// <param name="Data">The elements: the product of the sizes times the element's bytes.</param>
public sealed record StoredTensor(ElementType Type, IReadOnlyList<long> Shape, ReadOnlyMemory<byte> Data);

/// <summary>A named tensor of a <see cref="StateDict"/>.</summary>
/// <param name="Name">PyTorch's key, such as <c>bn1.running_mean</c>.</param>
/// <param name="Tensor">The tensor.</param>
public sealed record StateDictEntry(string Name, StoredTensor Tensor);

/// <summary>The weights of a network as PyTorch's <c>Module.state_dict()</c> orders and names them.</summary>
/// <param name="Entries">The tensors in PyTorch's order.</param>
/// <param name="ModuleVersions">
/// PyTorch's <c>_metadata</c>: each module's path (empty for the root) with its version, 2 for batch norm and 1 for the rest. May be empty.
/// </param>
public sealed record StateDict(IReadOnlyList<StateDictEntry> Entries, IReadOnlyList<KeyValuePair<string, int>> ModuleVersions);
