using System.Buffers.Binary;
using System.Text;

namespace ModelGen.Formats;

/// <summary>Recognizes, by their first bytes, the files that people take for a <c>.pth</c> file of today.</summary>
internal static class ForeignFile
{
    private const int HeadSize = 512;

    /// <summary>Passes a ZIP archive.</summary>
    /// <param name="stream">The file.</param>
    /// <param name="remedy">What to do instead of giving a file that is nothing of the like.</param>
    /// <param name="safetensors">What to do with a safetensors file.</param>
    /// <exception cref="InvalidDataException">
    /// The file is something else; the message says what, if known, and continues a sentence that starts with the file's name.
    /// </exception>
    public static void Refuse(
        Stream stream,
        string remedy = "save the weights with torch.save(model.state_dict(), path)",
        string safetensors = "give it a name that ends in .safetensors")
    {
        var head = stream.ReadAt(0, Math.Min(stream.Length, HeadSize)).Span;
        if (head.StartsWith("PK\u0003\u0004"u8))
            return;
        throw new InvalidDataException(head switch
        {
            [] => "is empty: copy or save it again.",
            _ when IsLegacy(head) =>
                "is in PyTorch's format from before 1.6: load it in Python and save it again with torch.save(state_dict, path), which writes a zip.",
            _ when IsSafetensors(head) => $"is a safetensors file: {safetensors}.",
            _ when IsTorchSharp(head) =>
                "is in TorchSharp's own format (Module.save), not PyTorch's: load it into the TorchSharp module that saved it and export from there.",
            [0x80, ..] => $"is a Python pickle that torch.save did not write: {remedy}.",
            _ => $"is not a file of torch.save, which is a zip archive: {remedy}.",
        });
    }

    /// <summary>Whether a file holds tensors, by PyTorch of any age or as safetensors, or nothing at all: what new weights may take the place of.</summary>
    public static bool IsReplaceable(Stream stream)
    {
        var head = stream.ReadAt(0, Math.Min(stream.Length, HeadSize)).Span;
        return head.IsEmpty || IsLegacy(head) || IsSafetensors(head) || (head.StartsWith("PK\u0003\u0004"u8) && PthReader.IsArchive(stream));
    }

    /// <summary>A pickle of the number 0x1950A86A20F9469CFC6C (<c>torch.serialization.MAGIC_NUMBER</c>), or the tar archive of PyTorch 0.1.</summary>
    private static bool IsLegacy(ReadOnlySpan<byte> head) =>
        head.IndexOf((ReadOnlySpan<byte>)[0x8A, 0x0A, 0x6C, 0xFC, 0x9C, 0x46, 0xF9, 0x20, 0x6A, 0xA8, 0x50, 0x19]) is >= 0 and < 16
        || (head.Length > 262 && head[257..].StartsWith("ustar"u8));

    /// <summary>The length of a header that is not absurd, and the header's brace.</summary>
    private static bool IsSafetensors(ReadOnlySpan<byte> head) =>
        head.Length > sizeof(ulong) && head[sizeof(ulong)] == '{' && BinaryPrimitives.ReadUInt64LittleEndian(head) <= SafetensorsReader.MaxHeader;

    /// <summary>
    /// TorchSharp writes the number of tensors, then for each its name's length, its name, and the codes of its type and its rank, all
    /// numbers in LEB128. Looks for a dotted ASCII name that ends exactly where its length says, before two small codes.
    /// </summary>
    private static bool IsTorchSharp(ReadOnlySpan<byte> head)
    {
        // A count of one to three bytes: the first without the high bit is its last, and not 0.
        var last = head.IndexOfAnyInRange((byte)0, (byte)0x7F);
        if (last is < 0 or > 2 || head[last] == 0 || last + 1 == head.Length)
            return false;
        int length = head[last + 1];
        var name = head[(last + 2)..];
        return length is > 0 and < 0x80 && name.Length > length + 1
            && Ascii.IsValid(name[..length]) && !name[..length].ContainsAnyInRange((byte)0, (byte)' ')
            && name[length] < 16 && name[length + 1] <= 64;
    }
}
