using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace ModelGen.Formats;

/// <summary>Writes a state_dict in the safetensors format, the tensors in its order.</summary>
internal static class SafetensorsWriter
{
    // The reference implementation fills its header up with spaces, so that the data begins at a multiple of this.
    private const int Alignment = 8;

    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Writes the whole file.</summary>
    public static void Write(Stream stream, StateDict state)
    {
        var header = Header(state);
        var padding = (Alignment - (header.WrittenCount % Alignment)) % Alignment;
        Span<byte> length = stackalloc byte[sizeof(long)];
        BinaryPrimitives.WriteInt64LittleEndian(length, header.WrittenCount + padding);
        stream.Write(length);
        stream.Write(header.WrittenSpan);
        stream.Write("       "u8[..padding]);
        foreach (var (_, tensor) in state.Entries)
            stream.Write(tensor.Data.Span);
    }

    private static ArrayBufferWriter<byte> Header(StateDict state)
    {
        var header = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(header, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        json.WriteStartObject(SafetensorsHeader.Metadata);
        json.WriteString("format"u8, "pt"u8);
        json.WriteEndObject();
        var begin = 0L;
        foreach (var (name, tensor) in state.Entries)
        {
            if (name == SafetensorsHeader.Metadata)
                throw new ArgumentException($"A tensor can't be called '{name}', which means something else in the format.", nameof(state));

            // From bytes, because the writer replaces half of a surrogate pair without a word.
            json.WriteStartObject(StrictUtf8.GetBytes(name));
            json.WriteString("dtype"u8, tensor.Type.SafetensorsName());
            Write(json, "shape"u8, tensor.Shape);
            Write(json, "data_offsets"u8, [begin, begin += tensor.Data.Length]);
            json.WriteEndObject();
        }

        json.WriteEndObject();
        json.Flush();
        return header;
    }

    private static void Write(Utf8JsonWriter json, ReadOnlySpan<byte> name, IReadOnlyList<long> numbers)
    {
        json.WriteStartArray(name);
        foreach (var number in numbers)
            json.WriteNumberValue(number);
        json.WriteEndArray();
    }
}
