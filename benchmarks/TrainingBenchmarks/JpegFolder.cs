using System.Globalization;
using System.Runtime.InteropServices;
using ModelGen.Data;
using SkiaSharp;

namespace TrainingBenchmarks;

/// <summary>Drawn digits as JPEG files in a folder per class, for a run that is given no data.</summary>
internal static class JpegFolder
{
    /// <summary>The quality that MNIST is usually found in as JPEG files.</summary>
    private const int Quality = 95;

    /// <summary>Draws digits into a folder.</summary>
    /// <param name="folder">The folder that receives the classes' folders.</param>
    /// <param name="count">How many.</param>
    /// <param name="seed">Each seed draws other digits.</param>
    public static void Write(string folder, int count, int seed)
    {
        var digits = DrawnDigits.Draw(count, seed, new ImageShape(1, 28, 28));
        using var bitmap = new SKBitmap(new SKImageInfo(28, 28, SKColorType.Gray8, SKAlphaType.Opaque));
        for (var digit = 0; digit < count; digit++)
        {
            Marshal.Copy(digits.Pixels(digit).ToArray(), 0, bitmap.GetPixels(), digits.Shape.Length);
            var path = Path.Combine(folder, digits.Classes[digits.Label(digit)], digit.ToString("D6", CultureInfo.InvariantCulture) + ".jpg");
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            using var file = File.Create(path);
            bitmap.Encode(file, SKEncodedImageFormat.Jpeg, Quality);
        }
    }
}
