using System.Buffers.Binary;
using ModelGen.Reporting;

namespace ModelGen.Formats;

/// <summary>Reads a state_dict from a file of the safetensors format. The tensors are the whole of its data, so they take no more memory than the file.</summary>
/// <remarks>
/// Every refusal is an <see cref="InvalidDataException"/> whose message continues a sentence that starts with the file's name.
/// </remarks>
internal static class SafetensorsReader
{
    /// <summary>The longest header, in bytes: the reference implementation's <c>MAX_HEADER_SIZE</c>.</summary>
    public const int MaxHeader = 100_000_000;

    /// <summary>Reads the state_dict of a whole file.</summary>
    public static StateDict Read(Stream stream)
    {
        var header = ReadHeader(stream);
        var start = sizeof(ulong) + (long)header.Length;
        var tensors = SafetensorsHeader.Parse(header.Span);

        // By where they end too, because empty tensors begin where the next one does.
        tensors = [.. tensors.OrderBy(tensor => tensor.Begin).ThenBy(tensor => tensor.End)];
        var end = 0L;
        foreach (var tensor in tensors)
        {
            if (tensor.Begin != end)
                throw new InvalidDataException(
                    $"is damaged: the data of the tensor '{tensor.Name}' begins at byte {Quantity.Count(tensor.Begin)} and not at {Quantity.Count(end)}, where the one before it ends; copy or save it again.");
            end = tensor.End;
        }

        if (end != stream.Length - start)
            throw new InvalidDataException(
                $"is cut short or damaged: its tensors take {Quantity.Count(end)} bytes, and {Quantity.Count(stream.Length - start)} follow the header; copy or save it again.");
        return new StateDict([.. tensors.Select(tensor => new StateDictEntry(tensor.Name, ReadTensor(stream, start, tensor)))], []);
    }

    private static ReadOnlyMemory<byte> ReadHeader(Stream stream)
    {
        if (stream.Length == 0)
            throw new InvalidDataException("is empty: copy or save it again.");
        var prefix = stream.ReadAt(0, Math.Min(stream.Length, sizeof(ulong))).Span;
        if (prefix.StartsWith("PK\u0003\u0004"u8))
            throw new InvalidDataException("is a zip archive, as torch.save writes it, and no safetensors file: give it a name that ends in .pth.");
        if (prefix.Length < sizeof(ulong))
            throw CutShort();
        var length = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (length > MaxHeader)
            throw new InvalidDataException(
                $"is no safetensors file, whose header takes at most {Quantity.Count(MaxHeader)} bytes: save the weights with safetensors.torch.save_file(model.state_dict(), path).");
        if ((long)length > stream.Length - sizeof(ulong))
            throw CutShort();
        var header = stream.ReadAt(sizeof(ulong), (long)length);
        return header.Span is [(byte)'{', ..]
            ? header
            : throw new InvalidDataException(
                "is no safetensors file, whose header begins with '{': save the weights with safetensors.torch.save_file(model.state_dict(), path).");
    }

    private static StoredTensor ReadTensor(Stream stream, long start, SafetensorsEntry tensor)
    {
        var size = tensor.End - tensor.Begin;
        if (size > Array.MaxLength)
            throw new InvalidDataException($"holds the tensor '{tensor.Name}' of {Quantity.Count(size)} bytes; ModelGen reads tensors of up to 2 GiB.");
        var data = stream.ReadAt(start + tensor.Begin, size);
        if (tensor.Type == ElementType.Bool && data.Span.ContainsAnyExceptInRange((byte)0, (byte)1))
            throw new InvalidDataException($"is damaged: the bool tensor '{tensor.Name}' has bytes that are neither 0 nor 1; copy or save it again.");
        return new StoredTensor(tensor.Type, tensor.Shape, data);
    }

    private static InvalidDataException CutShort() => new("is cut short: it ends before its header does; copy or save it again.");
}
