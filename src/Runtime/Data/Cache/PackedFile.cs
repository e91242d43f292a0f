using System.Buffers.Binary;
using ModelGen.Formats;

namespace ModelGen.Data;

/// <summary>
/// Decoded images in one file, little-endian: a page of 4096 bytes with the header, the pixels image by image, and for each image its label
/// (int32) and the CRC-32C of its pixels (uint32).
/// </summary>
/// <remarks>
/// The header: <c>MGPIXELS</c>, the version (int32), channels, height, width, images, files left out as unreadable (int32 each), the key (32
/// bytes), and the CRC-32C of all that and of the labels and checksums at the end. All of it is checked when a file is opened, the pixels too,
/// on all cores: that costs about what reading the file once costs, which the first epoch needs anyway.
/// </remarks>
/// <param name="Pixels">The images, mapped.</param>
/// <param name="Labels">The class of each.</param>
/// <param name="Unreadable">How many files were left out because they can't be decoded.</param>
internal sealed record PackedFile(PixelStorage Pixels, int[] Labels, int Unreadable)
{
    /// <summary>Changes with the layout, and with what decoding gives.</summary>
    public const int Version = 1;

    private const int HeaderSize = 4096;
    private const int KeySize = 32;
    private const int KeyAt = 32;
    private const int CrcAt = KeyAt + KeySize;
    private const int EntrySize = 2 * sizeof(int);

    private static ReadOnlySpan<byte> Magic => "MGPIXELS"u8;

    /// <summary>Writes a file.</summary>
    /// <param name="stream">Where; it can seek.</param>
    /// <param name="key">What the content depends on: 32 bytes.</param>
    /// <param name="shape">The shape of every image.</param>
    /// <param name="blocks">The images, decoded when it is their turn.</param>
    public static void Write(Stream stream, ReadOnlySpan<byte> key, ImageShape shape, IEnumerable<ImageBlock> blocks)
    {
        var entries = new List<int>();
        var unreadable = 0;
        stream.Position = HeaderSize;
        foreach (var block in blocks)
        {
            for (var i = 0; i < block.Labels.Length; i++)
            {
                entries.Add(block.Labels[i]);
                entries.Add((int)Crc32C.Append(0, block.Pixels.AsSpan(i * shape.Length, shape.Length)));
            }

            stream.Write(block.Pixels.AsSpan(0, block.Labels.Length * shape.Length));
            unreadable += block.Unreadable;
        }

        var table = new byte[entries.Count * sizeof(int)];
        for (var i = 0; i < entries.Count; i++)
            BinaryPrimitives.WriteInt32LittleEndian(table.AsSpan(i * sizeof(int)), entries[i]);
        stream.Write(table);

        // Last, because it tells how much came.
        stream.Position = 0;
        stream.Write(Header(key, shape, entries.Count / 2, unreadable, table));
    }

    /// <summary>Opens a file, or gives null for one that is not there, not whole, or not of this key.</summary>
    /// <param name="path">The file.</param>
    /// <param name="key">What the content must depend on.</param>
    /// <param name="shape">The shape of every image.</param>
    public static PackedFile? TryOpen(string path, ReadOnlySpan<byte> key, ImageShape shape)
    {
        try
        {
            if (!File.Exists(path))
                return null;
            var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
            try
            {
                return Open(stream, key, shape);
            }
            catch
            {
                stream.Dispose();
                throw;
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return null;
        }
    }

    private static PackedFile Open(FileStream stream, ReadOnlySpan<byte> key, ImageShape shape)
    {
        var header = new byte[HeaderSize];
        stream.ReadExactly(header);
        var count = BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(24));
        var unreadable = BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(28));
        var length = (long)count * shape.Length;
        // Before its announced table is allocated.
        if (count < 1 || stream.Length != HeaderSize + length + (long)count * EntrySize)
            throw new InvalidDataException();

        var table = new byte[count * EntrySize];
        stream.Position = HeaderSize + length;
        stream.ReadExactly(table);
        if (!header.AsSpan().SequenceEqual(Header(key, shape, count, unreadable, table)))
            throw new InvalidDataException();

        var pixels = new MappedPixels(stream, HeaderSize, length);
        var labels = new int[count];
        var loop = Parallel.For(0, count, (i, state) =>
        {
            var entry = table.AsSpan(i * EntrySize, EntrySize);
            labels[i] = BinaryPrimitives.ReadInt32LittleEndian(entry);
            if (Crc32C.Append(0, pixels.Read((long)i * shape.Length, shape.Length)) != BinaryPrimitives.ReadUInt32LittleEndian(entry[sizeof(int)..]))
                state.Stop();
        });
        if (loop.IsCompleted)
            return new(pixels, labels, unreadable);
        pixels.Dispose();
        throw new InvalidDataException();
    }

    private static byte[] Header(ReadOnlySpan<byte> key, ImageShape shape, int count, int unreadable, ReadOnlySpan<byte> table)
    {
        var header = new byte[HeaderSize];
        Magic.CopyTo(header);
        ReadOnlySpan<int> numbers = [Version, shape.Channels, shape.Height, shape.Width, count, unreadable];
        for (var i = 0; i < numbers.Length; i++)
            BinaryPrimitives.WriteInt32LittleEndian(header.AsSpan(Magic.Length + i * sizeof(int)), numbers[i]);
        key.CopyTo(header.AsSpan(KeyAt, KeySize));
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(CrcAt), Crc32C.Append(Crc32C.Append(0, header.AsSpan(0, CrcAt)), table));
        return header;
    }
}
