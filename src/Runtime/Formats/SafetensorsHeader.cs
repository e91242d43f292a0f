using System.Text.Json;

namespace ModelGen.Formats;

/// <summary>A tensor in the header of a safetensors file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">The element type.</param>
/// <param name="Shape">The sizes, outermost first.</param>
/// <param name="Begin">Where its elements begin, in bytes behind the header.</param>
/// <param name="End">Where they end: behind <paramref name="Begin"/> by as many bytes as the shape takes.</param>
internal sealed record SafetensorsEntry(string Name, ElementType Type, IReadOnlyList<long> Shape, long Begin, long End);

/// <summary>
/// Reads the JSON header of a safetensors file: <c>{"name": {"dtype": "F32", "shape": [2, 3], "data_offsets": [0, 24]}, ...}</c>, and perhaps
/// <c>__metadata__</c> with texts, which say nothing of the tensors.
/// </summary>
/// <remarks>Refusals as in <see cref="SafetensorsReader"/>.</remarks>
internal static class SafetensorsHeader
{
    /// <summary>The name that is no tensor's.</summary>
    public const string Metadata = "__metadata__";

    private const int MaxRank = 64;

    private static readonly Dictionary<string, ElementType> Types =
        Enum.GetValues<ElementType>().ToDictionary(type => type.SafetensorsName(), StringComparer.Ordinal);

    /// <summary>Reads the whole header.</summary>
    /// <param name="json">The header, with the spaces behind it.</param>
    /// <returns>The tensors in the header's order, each of whose data is as long as its shape takes.</returns>
    public static IReadOnlyList<SafetensorsEntry> Parse(ReadOnlySpan<byte> json)
    {
        try
        {
            // As deep as a tensor's shape: the reader refuses what is deeper.
            var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = 3 });
            reader.Read();
            return Parse(ref reader);
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException)
        {
            // The reader's words for what is no JSON, and for a value of another kind or text that is not UTF-8.
            throw new InvalidDataException("is damaged: its header is not the JSON that describes tensors; copy or save it again.", error);
        }
    }

    private static List<SafetensorsEntry> Parse(ref Utf8JsonReader reader)
    {
        var tensors = new List<SafetensorsEntry>();
        var names = new HashSet<string>(StringComparer.Ordinal);
        while (NextProperty(ref reader) is { } name)
        {
            if (!names.Add(name))
                throw new InvalidDataException($"is damaged: its header has '{name}' twice; copy or save it again.");
            if (name == Metadata)
                SkipTexts(ref reader);
            else
                tensors.Add(ReadTensor(ref reader, name));
        }

        // Nothing but spaces: the reader refuses more.
        reader.Read();
        return tensors;
    }

    private static void SkipTexts(ref Utf8JsonReader reader)
    {
        Expect(reader, JsonTokenType.StartObject);
        while (NextProperty(ref reader) is not null)
            Expect(reader, JsonTokenType.String);
    }

    private static SafetensorsEntry ReadTensor(ref Utf8JsonReader reader, string name)
    {
        string? dtype = null;
        List<long>? shape = null;
        List<long>? offsets = null;
        Expect(reader, JsonTokenType.StartObject);
        while (NextProperty(ref reader) is { } key)
        {
            switch (key)
            {
                case "dtype" when dtype is null:
                    dtype = reader.GetString();
                    break;
                case "shape" when shape is null:
                    shape = ReadNumbers(ref reader, name);
                    break;
                case "data_offsets" when offsets is null:
                    offsets = ReadNumbers(ref reader, name);
                    break;
                default:
                    throw new InvalidDataException($"says '{key}' of the tensor '{name}' in its header, twice or unknown to the format: copy or save it again.");
            }
        }

        if (dtype is null || shape is null || offsets is not [var begin, var end])
            throw new InvalidDataException($"is damaged: its header lacks the dtype, the shape or the two data_offsets of the tensor '{name}'; copy or save it again.");
        if (!Types.TryGetValue(dtype, out var type))
            throw new InvalidDataException(
                $"holds the tensor '{name}' of the element type '{dtype}', which ModelGen cannot exchange: convert it to float32 and save again.");
        if (begin > end || type.ByteSize(shape) != end - begin)
            throw new InvalidDataException(
                $"is damaged: the data of the tensor '{name}' goes from byte {begin} to {end}, which doesn't fit {dtype} [{string.Join(", ", shape)}]; copy or save it again.");
        return new SafetensorsEntry(name, type, shape, begin, end);
    }

    private static List<long> ReadNumbers(ref Utf8JsonReader reader, string name)
    {
        var numbers = new List<long>();
        Expect(reader, JsonTokenType.StartArray);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (!reader.TryGetInt64(out var number) || number < 0 || numbers.Count == MaxRank)
                throw new InvalidDataException(
                    $"is damaged: the tensor '{name}' has a size or an offset that is no whole number from 0 to 2^63 - 1, or more than {MaxRank} of them; copy or save it again.");
            numbers.Add(number);
        }

        return numbers;
    }

    /// <summary>Goes on from an object's brace or the value before to the next value and returns its name, or to the object's end and returns null.</summary>
    private static string? NextProperty(ref Utf8JsonReader reader)
    {
        reader.Read();
        if (reader.TokenType != JsonTokenType.PropertyName)
            return null;
        var name = reader.GetString();
        reader.Read();
        return name;
    }

    private static void Expect(in Utf8JsonReader reader, JsonTokenType token)
    {
        if (reader.TokenType != token)
            throw new JsonException($"{token} was expected.");
    }
}
