using System.Runtime.InteropServices;
using SkiaSharp;

namespace ModelGen.Data;

/// <summary>
/// Decodes with Skia (JPEG by libjpeg-turbo), without colour management, without applying EXIF rotation and without blending:
/// alpha is dropped and the colour under it kept, as Pillow's <c>convert('RGB')</c> does.
/// </summary>
internal sealed class SkiaImageDecoder : IImageDecoder
{
    // Pinned, so that Skia can be given their addresses; grown when an image needs more and kept for the next one.
    private byte[] _file = [];
    private byte[] _rgba = [];

    public void Decode(string path, ImageShape shape, Span<byte> pixels)
    {
        var length = ReadFile(path);
        using var data = SKData.Create(Address(_file), length);
        using var codec = SKCodec.Create(data);
        if (codec is null)
            throw new InvalidDataException(length == 0 ? "the file is empty" : "it is no JPEG, PNG, BMP or WebP image, or ends within its header");

        var (width, height) = (codec.Info.Width, codec.Info.Height);
        if (width != shape.Width || height != shape.Height)
        {
            throw new ModelGenException(
                $"'{path}' is {width} pixels wide and {height} high, but the network takes images {shape.Width} wide and {shape.Height} high: "
                + "resize the image, or change the network's input.");
        }

        var info = new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Unpremul);
        Grow(ref _rgba, info.BytesSize64);
        var result = codec.GetPixels(info, Address(_rgba));
        if (result != SKCodecResult.Success)
            throw new InvalidDataException(Reason(result));

        if (shape.Channels == 1)
            ToGray(_rgba, pixels);
        else
            ToPlanes(_rgba, pixels);
    }

    /// <summary>Pillow's mode L: the luma of ITU-R 601-2 in 16 fractional bits, rounded.</summary>
    private static void ToGray(ReadOnlySpan<byte> rgba, Span<byte> gray)
    {
        for (var i = 0; i < gray.Length; i++)
        {
            var pixel = rgba.Slice(i * 4, 3);
            gray[i] = (byte)((pixel[0] * 19595 + pixel[1] * 38470 + pixel[2] * 7471 + 0x8000) >> 16);
        }
    }

    private static void ToPlanes(ReadOnlySpan<byte> rgba, Span<byte> planes)
    {
        var area = planes.Length / 3;
        var red = planes[..area];
        var green = planes.Slice(area, area);
        var blue = planes.Slice(2 * area, area);
        for (var i = 0; i < area; i++)
        {
            var pixel = rgba.Slice(i * 4, 3);
            red[i] = pixel[0];
            green[i] = pixel[1];
            blue[i] = pixel[2];
        }
    }

    private static string Reason(SKCodecResult result) => result switch
    {
        SKCodecResult.IncompleteInput => "its content ends early",
        SKCodecResult.ErrorInInput => "its content is damaged",
        _ => $"the decoder reports {result}",
    };

    private static nint Address(byte[] pinned) => Marshal.UnsafeAddrOfPinnedArrayElement(pinned, 0);

    private static void Grow(ref byte[] buffer, long length)
    {
        if (length > Array.MaxLength)
            throw new InvalidDataException("it is larger than 2 GB");
        if (buffer.Length < length)
            buffer = GC.AllocateUninitializedArray<byte>((int)Math.Min(Array.MaxLength, Math.Max(length, 2L * buffer.Length)), pinned: true);
    }

    private int ReadFile(string path)
    {
        try
        {
            using var file = File.OpenHandle(path, options: FileOptions.SequentialScan);
            Grow(ref _file, Math.Max(1, RandomAccess.GetLength(file)));
            int read, length = 0;
            while ((read = RandomAccess.Read(file, _file.AsSpan(length), length)) > 0)
                length += read;
            return length;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ModelGenException(
                Directory.Exists(path) ? $"'{path}' is a folder, not an image: name the images in it." : $"Cannot read the image '{path}': {error.Message}",
                error);
        }
    }
}
