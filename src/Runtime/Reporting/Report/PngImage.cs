using ModelGen.Data;
using SkiaSharp;

namespace ModelGen.Reporting.Report;

/// <summary>An image as a PNG inside of a page.</summary>
internal static class PngImage
{
    // Shown at about 120 pixels, on screens with up to two dots a pixel: what is larger only makes the page heavy.
    private const int LongestSide = 256;

    /// <summary>The image as a <c>data:</c> address.</summary>
    /// <param name="pixels"><c>[C, H, W]</c> row-major, 0 to 255.</param>
    /// <param name="shape">1 channel (gray) or 3 (red, green, blue).</param>
    public static string DataUri(ReadOnlySpan<byte> pixels, ImageShape shape)
    {
        using var image = new SKBitmap(new SKImageInfo(shape.Width, shape.Height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        var rgba = image.GetPixelSpan();
        var area = shape.Width * shape.Height;
        for (var i = 0; i < area; i++)
        {
            for (var channel = 0; channel < 3; channel++)
                rgba[(4 * i) + channel] = pixels[((shape.Channels == 1 ? 0 : channel) * area) + i];
            rgba[(4 * i) + 3] = byte.MaxValue;
        }

        var longest = Math.Max(shape.Width, shape.Height);
        using var shown = longest <= LongestSide ? image.Copy() : image.Resize(
            new SKSizeI(Math.Max(1, shape.Width * LongestSide / longest), Math.Max(1, shape.Height * LongestSide / longest)),
            new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        using var png = shown.Encode(SKEncodedImageFormat.Png, 100);
        return "data:image/png;base64," + Convert.ToBase64String(png.AsSpan());
    }
}
