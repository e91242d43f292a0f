using System.Runtime.InteropServices;
using ModelGen.Reporting;
using SkiaSharp;

namespace ModelGen.Data;

/// <summary>
/// Decodes with Skia (JPEG by libjpeg-turbo), without colour management, without applying EXIF rotation and without blending:
/// alpha is dropped and the colour under it kept, as Pillow's <c>convert('RGB')</c> does. An instance reuses its buffers, so each thread needs its own.
/// </summary>
/// <param name="shape">The network's input: what every image comes to, by 1 or 3 channels.</param>
/// <param name="resize">How images of another size come to it.</param>
internal sealed class SkiaImageDecoder(ImageShape shape, Resize resize)
{
    private readonly Resizer? _resizer = resize == Resize.None ? null : new Resizer(resize, shape.Height, shape.Width);

    // Pinned, so that Skia can be given their addresses; grown when an image needs more and kept for the next one.
    private byte[] _file = [];
    private byte[] _rgba = [];
    private byte[] _planes = [];

    /// <summary>Decodes one file. A gray image gives three equal channels; a colour one gives a single channel by its luma.</summary>
    /// <param name="path">The image file.</param>
    /// <param name="pixels">Receives the image as <c>[C, H, W]</c>, 0 to 255; it is as long as one image of the network.</param>
    /// <exception cref="InvalidDataException">The content can't be decoded; the message says why in a clause, without the path.</exception>
    /// <exception cref="ModelGenException">The file can't be read, or the image has another size and is not to be resized; the message names the path.</exception>
    public void Decode(string path, Span<byte> pixels)
    {
        var length = ReadFile(path);
        using var data = SKData.Create(Address(_file), length);
        using var codec = SKCodec.Create(data);
        if (codec is null)
            throw new InvalidDataException(length == 0 ? "the file is empty" : "it is no JPEG, PNG, BMP or WebP image, or ends within its header");

        var (width, height) = (codec.Info.Width, codec.Info.Height);
        var isOfSize = width == shape.Width && height == shape.Height;
        if (!isOfSize && _resizer is null)
        {
            throw new ModelGenException(
                $"'{path}' is {Quantity.Counted(width, "pixel")} wide and {height} high, but the network takes images {shape.Width} wide and {shape.Height} high: "
                + "set 'resize' of image_folder, resize the image, or change the network's input.");
        }

        var info = new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Unpremul);
        Grow(ref _rgba, info.BytesSize64);
        var result = codec.GetPixels(info, Address(_rgba));
        if (result != SKCodecResult.Success)
            throw new InvalidDataException(Reason(result));

        if (isOfSize)
        {
            ToPlanes(_rgba, pixels);
            return;
        }

        Grow(ref _planes, (long)shape.Channels * height * width);
        var planes = _planes.AsSpan(0, shape.Channels * height * width);
        ToPlanes(_rgba, planes);
        _resizer!.Apply(planes, height, width, pixels);
    }

    private void ToPlanes(ReadOnlySpan<byte> rgba, Span<byte> planes)
    {
        if (shape.Channels == 1)
            ToGray(rgba, planes);
        else
            ToColors(rgba, planes);
    }

    private static void ToGray(ReadOnlySpan<byte> rgba, Span<byte> gray)
    {
        for (var i = 0; i < gray.Length; i++)
        {
            var pixel = rgba.Slice(i * 4, 3);
            gray[i] = Luma.Of(pixel[0], pixel[1], pixel[2]);
        }
    }

    private static void ToColors(ReadOnlySpan<byte> rgba, Span<byte> planes)
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
            // Opening a pipe would wait for a writer, who may never come: what holds nothing is not opened.
            var info = new FileInfo(path);
            if (((FileInfo?)info.ResolveLinkTarget(returnFinalTarget: true) ?? info).Length == 0)
                return 0;
            using var file = File.OpenHandle(path, options: FileOptions.SequentialScan);
            Grow(ref _file, Math.Max(1, RandomAccess.GetLength(file)));
            int read, length = 0;
            while ((read = RandomAccess.Read(file, _file.AsSpan(length), length)) > 0)
                length += read;
            return length;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new ModelGenException(
                Directory.Exists(path)
                    ? $"'{path}' is a folder, not an image: name the images in it."
                    : $"Cannot read the image '{path}': {(error is ArgumentException ? "that is no path." : error.Message)}",
                error);
        }
    }
}
