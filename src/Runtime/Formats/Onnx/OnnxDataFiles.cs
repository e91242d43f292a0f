using System.Globalization;

namespace ModelGen.Formats.Onnx;

/// <summary>The files beside a model's in which it keeps tensors, mapped into memory: <see cref="OnnxData"/>, or what other programs write.</summary>
/// <param name="folder">The model's folder. A file can't name one that is elsewhere.</param>
/// <remarks>Every refusal is an <see cref="InvalidDataException"/> whose message continues a sentence that starts with the model's name.</remarks>
internal sealed class OnnxDataFiles(string folder) : IDisposable
{
    private readonly Dictionary<string, (FileStream File, MappedFile Map)> _open = new(StringComparer.Ordinal);

    /// <summary>The elements of a tensor, which end with this.</summary>
    /// <param name="tensor">Its name.</param>
    /// <param name="entries">What its message says of the place: a file, and a part of it.</param>
    /// <param name="size">How many bytes it takes.</param>
    public ReadOnlyMemory<byte> Read(string tensor, IReadOnlyDictionary<string, string> entries, Int128 size)
    {
        var location = entries.GetValueOrDefault("location", "");
        if (location is "" or "." or ".." || location.AsSpan().ContainsAny("/\\:\0"))
            throw new InvalidDataException(
                $"keeps the value '{tensor}' in '{location}', which is no file of its own folder: put both into one folder and export it again.");
        var (offset, length) = (Number("offset", 0), Number("length", size));
        if (length != size)
            throw new InvalidDataException($"has a value '{tensor}' of {size} bytes, of which '{location}' holds {length}: export it again.");
        if (size > Array.MaxLength)
            throw new InvalidDataException($"holds the tensor '{tensor}' of {size} bytes; ModelGen reads tensors of up to 2 GiB.");
        if (size == 0)
            return default;
        var map = Open(tensor, location);
        return offset + size <= map.Length
            ? map.Part((long)offset, (int)size)
            : throw new InvalidDataException($"keeps the value '{tensor}' behind the end of '{location}': copy both files again.");

        Int128 Number(string name, Int128 fallback) => !entries.TryGetValue(name, out var text) ? fallback
            : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
            : throw new InvalidDataException($"keeps the value '{tensor}' in a place of '{location}' that is no number: export it again.");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var (file, map) in _open.Values)
        {
            map.Dispose();
            file.Dispose();
        }
    }

    private MappedFile Open(string tensor, string location)
    {
        if (_open.TryGetValue(location, out var open))
            return open.Map;
        var file = new FileInfo(Path.Combine(folder, location));
        if (!file.Exists || file.Length == 0)
            throw new InvalidDataException(
                $"keeps the value '{tensor}' in '{location}', which is {(file.Exists ? "empty" : "not beside it")}: copy both files into one folder.");
        var stream = new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.Read);
        try
        {
            var map = new MappedFile(stream);
            _open.Add(location, (stream, map));
            return map;
        }
        catch
        {
            stream.Dispose();
            throw;
        }
    }
}
