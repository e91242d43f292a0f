using System.Buffers.Binary;
using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;
using ModelGen.Data;
using ModelGen.Training;
using SkiaSharp;

namespace ModelGen.Tests.Data;

/// <summary>A temporary folder with data, removed after the test.</summary>
public abstract partial class DataFixture : IDisposable
{
    protected static readonly ImageShape Gray = new(1, 4, 6);
    protected static readonly ImageShape Colour = new(3, 4, 6);

    private readonly TempFolder _folder = new();

    protected string Folder => _folder.Path;

    public void Dispose()
    {
        _folder.Dispose();
        GC.SuppressFinalize(this);
    }

    protected string At(params string[] parts) => Path.Combine([Folder, .. parts]);

    protected ImageData Open(ImageShape shape, int classes, bool skipUnreadable = false, bool cache = false) =>
        ImageData.Open(new Options { Data = Folder, Cache = cache }, shape, classes, skipUnreadable);

    /// <summary>A description without the time that decoding took.</summary>
    protected static string Timeless(string description) => Time().Replace(description, " in T s");

    /// <summary>Opens gray images that must have these classes.</summary>
    protected ImageData Open(params string[] names) => ImageData.Open(new Options { Data = Folder }, Gray, names.Length, names: names);

    /// <summary>The one sentence or two that the user reads.</summary>
    protected static string ErrorOf(Action action)
    {
        var message = Assert.Throws<ModelGenException>(action).Message;
        Assert.DoesNotContain('\n', message);
        Assert.EndsWith(".", message);
        return message;
    }

    protected string Write(string path, ReadOnlySpan<byte> content)
    {
        path = At(path);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, content);
        return path;
    }

    /// <summary>Writes an image of one colour.</summary>
    protected string WriteImage(string path, byte red, byte green, byte blue, byte alpha = 255, int width = 6, int height = 4) =>
        WriteRgba(path, height, width, [.. Enumerable.Repeat<byte[]>([red, green, blue, alpha], width * height).SelectMany(pixel => pixel)]);

    /// <summary>Writes an image of red, green and blue values, pixel by pixel.</summary>
    protected string WritePixels(string path, int height, int width, byte[] rgb) =>
        WriteRgba(path, height, width, [.. rgb.Chunk(3).SelectMany(pixel => pixel.Append((byte)255))]);

    private string WriteRgba(string path, int height, int width, byte[] rgba)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Unpremul));
        // Not Erase, which makes black of what is transparent.
        Marshal.Copy(rgba, 0, bitmap.GetPixels(), rgba.Length);
        var format = Path.GetExtension(path).ToUpperInvariant() switch
        {
            ".JPG" or ".JPEG" => SKEncodedImageFormat.Jpeg,
            ".WEBP" => SKEncodedImageFormat.Webp,
            _ => SKEncodedImageFormat.Png,
        };
        using var data = bitmap.Encode(format, 100);
        return Write(path, data.AsSpan());
    }

    /// <summary>Writes gray images whose values all equal the given ones, one class folder and file for each.</summary>
    protected void WriteClasses(string under, params string[] classes)
    {
        foreach (var (i, name) in classes.Index())
            WriteImage(Path.Combine(under, name, "image.png"), (byte)i, (byte)i, (byte)i);
    }

    /// <summary>Writes an IDX pair of 4x6 images, image i filled with the value i.</summary>
    protected void WriteIdx(string under, string prefix, params byte[] labels)
    {
        Write(Path.Combine(under, $"{prefix}-images-idx3-ubyte"), Idx(0x08, [labels.Length, 4, 6], [.. labels.SelectMany((_, i) => Enumerable.Repeat((byte)i, 24))]));
        Write(Path.Combine(under, $"{prefix}-labels-idx1-ubyte"), Idx(0x08, [labels.Length], labels));
    }

    protected static byte[] Idx(byte type, int[] sizes, byte[] values)
    {
        var header = new byte[4 + 4 * sizes.Length];
        header[2] = type;
        header[3] = (byte)sizes.Length;
        for (var i = 0; i < sizes.Length; i++)
            BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4 + 4 * i), sizes[i]);
        return [.. header, .. values];
    }

    protected static byte[] Gzip(byte[] content)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest))
            gzip.Write(content);
        return compressed.ToArray();
    }

    protected static int[] Labels(ImageSet images) => [.. Enumerable.Range(0, images.Count).Select(images.Label)];

    /// <summary>The first value of each image.</summary>
    protected static int[] Values(ImageSet images) => [.. Enumerable.Range(0, images.Count).Select(i => (int)images.Pixels(i)[0])];

    [GeneratedRegex(@" in [\d,]+\.\d s")]
    private static partial Regex Time();

    protected sealed record Options : TrainingOptions
    {
        public override int Epochs { get; init; } = 1;

        public override int BatchSize { get; init; } = 1;

        public override double LearningRate { get; init; } = 1;

        public override string Out { get; init; } = "";
    }
}
