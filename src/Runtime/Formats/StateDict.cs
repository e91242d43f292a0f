using System.Runtime.InteropServices;

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
public sealed record StoredTensor(ElementType Type, IReadOnlyList<long> Shape, ReadOnlyMemory<byte> Data)
{
    /// <summary>Whether no element of a float32 tensor is NaN or infinite; networks are trained in no other type.</summary>
    internal bool IsFinite()
    {
        if (Type == ElementType.Float32)
        {
            foreach (var value in MemoryMarshal.Cast<byte, float>(Data.Span))
            {
                if (!float.IsFinite(value))
                    return false;
            }
        }

        return true;
    }
}

/// <summary>A named tensor of a <see cref="StateDict"/>.</summary>
/// <param name="Name">PyTorch's key, such as <c>bn1.running_mean</c>.</param>
/// <param name="Tensor">The tensor.</param>
public sealed record StateDictEntry(string Name, StoredTensor Tensor);

/// <summary>The weights of a network as PyTorch's <c>Module.state_dict()</c> orders and names them.</summary>
/// <param name="Entries">The tensors in PyTorch's order.</param>
/// <param name="ModuleVersions">
/// PyTorch's <c>_metadata</c>: each module's path (empty for the root) with its version, 2 for batch norm and 1 for the rest. May be empty.
/// </param>
public sealed record StateDict(IReadOnlyList<StateDictEntry> Entries, IReadOnlyList<KeyValuePair<string, int>> ModuleVersions)
{
    /// <summary>The key under which a checkpoint holds these tensors; null when the file holds nothing else.</summary>
    public string? FoundUnder { get; init; }

    /// <summary>Takes the beginning off the names that have it.</summary>
    /// <param name="prefix">The beginning, such as <c>module.</c>.</param>
    /// <param name="source">Where the tensors come from, for messages.</param>
    /// <exception cref="ModelGenException">No name has it, or one without it is the same.</exception>
    internal StateDict WithoutPrefix(string prefix, string source)
    {
        var entries = Entries
            .Select(entry => entry.Name.StartsWith(prefix, StringComparison.Ordinal)
                ? entry with { Name = entry.Name[prefix.Length..] }
                : entry)
            .ToList();
        if (entries.SequenceEqual(Entries))
            throw new ModelGenException($"'{source}' has no tensor whose name begins with '{prefix}': leave out --strip-prefix.");
        if (entries.GroupBy(entry => entry.Name, StringComparer.Ordinal).FirstOrDefault(same => same.Skip(1).Any()) is { Key: var name })
            throw new ModelGenException($"'{source}' has both '{name}' and '{prefix}{name}': only one of them can be loaded, so save the one that you mean alone.");
        return this with { Entries = entries };
    }

    /// <summary>Refuses what no file can hold.</summary>
    /// <exception cref="ArgumentException">A name is there twice, a version is negative, or a tensor's data doesn't fit its shape.</exception>
    internal static void Check(StateDict state)
    {
        ArgumentNullException.ThrowIfNull(state);
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, tensor) in state.Entries)
        {
            if (!names.Add(name))
                throw new ArgumentException($"The name '{name}' is there twice.", nameof(state));
            if (tensor.Shape.Any(long.IsNegative))
                throw new ArgumentException($"The tensor '{name}' has a negative size.", nameof(state));
            if (tensor.Type.ByteSize(tensor.Shape) != tensor.Data.Length)
                throw new ArgumentException($"The tensor '{name}' has {tensor.Data.Length} bytes, which doesn't fit its shape.", nameof(state));
        }

        if (state.ModuleVersions.Any(module => module.Value < 0))
            throw new ArgumentException("A module's version is negative.", nameof(state));
    }
}
