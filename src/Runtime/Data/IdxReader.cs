using System.Buffers.Binary;
using System.IO.Compression;

namespace ModelGen.Data;

/// <summary>
/// Reads one file in the IDX format of the MNIST database, plain or gzipped: two zero bytes, the type of the values, the
/// number of dimensions, each dimension as a big-endian 32-bit number, and the values. The header is checked against
/// the length of the file before anybody allocates what it announces.
/// </summary>
internal sealed class IdxReader : IDisposable
{
    private const byte UnsignedByte = 0x08;

    // DEFLATE's limit: 258 bytes from 2 bits.
    private const long MostInflation = 1032;

    private readonly string _path;
    private readonly Stream _stream;

    /// <summary>Opens the file and checks its header.</summary>
    /// <param name="path">The file; gzipped if it ends in <c>.gz</c>.</param>
    /// <param name="dimensions">The number of dimensions it must have: 3 for images, 1 for labels.</param>
    /// <exception cref="ModelGenException">The file can't be read or is not such a file.</exception>
    public IdxReader(string path, int dimensions)
    {
        _path = path;
        var gzipped = path.EndsWith(".gz", StringComparison.Ordinal);
        var file = Open();
        _stream = gzipped ? new GZipStream(file, CompressionMode.Decompress) : file;
        try
        {
            Sizes = ReadHeader(dimensions);
            var content = Sizes.Aggregate(1L, (product, size) => product * size);
            var header = 4 + 4 * dimensions;
            if (!gzipped && file.Length != header + content)
                throw Error($"is {file.Length} bytes long, but its header announces {header + content}: it was cut short or is damaged. Get it anew.");
            if (content / Sizes[0] > Array.MaxLength)
                throw Error($"announces images of {Sizes[1]}x{Sizes[2]} pixels, more than {Array.MaxLength} in each: it is damaged. Get it anew.");
            if (gzipped && content > MostInflation * file.Length)
                throw Error($"announces {content} bytes, more than {file.Length} compressed ones can hold: it was cut short or is damaged. Get it anew.");
        }
        catch
        {
            _stream.Dispose();
            throw;
        }
    }

    /// <summary>The size of each dimension, at least 1; for images: count, height, width.</summary>
    public int[] Sizes { get; }

    /// <summary>Reads the next values.</summary>
    public void Read(Span<byte> values)
    {
        if (ReadUpTo(values) < values.Length)
            throw Error("ends before all the values that its header announces: it was cut short or is damaged. Get it anew.");
    }

    /// <summary>Checks that all values were read.</summary>
    public void ReadEnd()
    {
        if (ReadUpTo(stackalloc byte[1]) > 0)
            throw Error("goes on after all the values that its header announces: it is damaged. Get it anew.");
    }

    public void Dispose() => _stream.Dispose();

    /// <summary>An error about this file.</summary>
    public ModelGenException Error(string what, Exception? cause = null) => new($"'{_path}' {what}", cause);

    private FileStream Open()
    {
        try
        {
            return new FileStream(_path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(error);
        }
    }

    private int[] ReadHeader(int dimensions)
    {
        Span<byte> magic = stackalloc byte[4];
        if (ReadUpTo(magic) < magic.Length || magic[0] != 0 || magic[1] != 0)
            throw Error($"is not an IDX file: it does not start with 00 00 08 0{dimensions}. Get it anew.");
        if (magic[2] != UnsignedByte)
            throw Error($"holds values of IDX type 0x{magic[2]:X2}, but only unsigned bytes (0x08) are read.");
        if (magic[3] != dimensions)
            throw Error($"is of dimension {magic[3]}, but {(dimensions == 3 ? "images need 3 (count, height, width)" : "labels need 1 (count)")}.");

        var sizes = new int[dimensions];
        Span<byte> bytes = stackalloc byte[4];
        for (var i = 0; i < dimensions; i++)
        {
            if (ReadUpTo(bytes) < bytes.Length)
                throw Error("ends within its header: it was cut short or is damaged. Get it anew.");
            var size = BinaryPrimitives.ReadUInt32BigEndian(bytes);
            // An image of 2^16 pixels a side is beyond any network; with that, the product of the sizes stays below 2^63.
            if (size == 0 || size > (i == 0 ? Array.MaxLength : ushort.MaxValue))
                throw Error($"announces a size of {size}, which cannot be: it is damaged. Get it anew.");
            sizes[i] = (int)size;
        }

        return sizes;
    }

    private int ReadUpTo(Span<byte> bytes)
    {
        try
        {
            return _stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        }
        catch (InvalidDataException error)
        {
            throw Error("is not a gzip file, or a damaged one. Get it anew.", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Unreadable(error);
        }
    }

    private ModelGenException Unreadable(Exception error) => Error($"cannot be read: {error.Message}", error);
}
