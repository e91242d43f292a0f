using System.Text.Json;
using ModelGen.Data;

namespace ModelGen.Tests.Data;

/// <summary>Pillow and torchvision attest what images become.</summary>
public sealed class TorchvisionImagesTests : DataFixture
{
    private static readonly (int Height, int Width)[] Sizes = [(32, 32), (31, 57), (57, 31), (8, 8), (100, 3), (200, 150), (64, 128)];

    [TorchvisionTheory]
    [InlineData(Resize.Stretch, 20, 45)]
    [InlineData(Resize.Fit, 20, 45)]
    [InlineData(Resize.Crop, 13, 13)]
    public void A_resized_image_is_theirs_to_the_last_bit(Resize rule, int height, int width)
    {
        var cases = from size in Sizes from channels in new[] { 1, 3 } from target in new[] { (height, width), (32, 32) } select (size, channels, target);
        var expected = Attest(cases.Select(item => new Dictionary<string, object>
        {
            ["step"] = Word(rule),
            ["image"] = WriteWaves(item.size.Height, item.size.Width),
            ["mode"] = Mode(item.channels),
            ["height"] = item.target.Item1,
            ["width"] = item.target.Item2,
        }));

        Assert.All(cases.Zip(expected), pair => Assert.Equal(
            pair.Second,
            ImageFiles.Read(
                [WriteWaves(pair.First.size.Height, pair.First.size.Width)], new(pair.First.channels, pair.First.target.Item1, pair.First.target.Item2), rule)));
    }

    [TorchvisionTheory]
    [InlineData(1)]
    [InlineData(3)]
    public void An_affine_change_is_theirs_within_2_of_255(int channels)
    {
        (double Angle, int Right, int Down, double Factor, double Lean)[] cases =
            [(0, 0, 0, 1, 0), (30, 0, 0, 1, 0), (0, 3, -2, 1, 0), (0, 0, 0, 1.3, 0), (0, 0, 0, 1, 12), (-75.5, 3, -2, 1.3, 12), (180, 0, 5, 0.6, -20)];
        var image = WriteWaves(28, 40);
        var expected = Attest(cases.Select(item => new Dictionary<string, object>
        {
            ["step"] = "affine",
            ["image"] = image,
            ["mode"] = Mode(channels),
            ["angle"] = item.Angle,
            ["shift"] = new[] { item.Right, item.Down },
            ["factor"] = item.Factor,
            ["lean"] = item.Lean,
        }));

        // Places are rounded to 1/256 of a pixel here and to float32 there.
        Assert.All(cases.Zip(expected), pair => AssertNear(
            pair.Second,
            Changed(image, channels, (pixels, shape) =>
                Affine.Transform(pixels, shape, pair.First.Angle, pair.First.Right, pair.First.Down, pair.First.Factor, pair.First.Lean)),
            within: 2));
    }

    [TorchvisionTheory]
    [InlineData(1)]
    [InlineData(3)]
    public void Brightness_and_contrast_are_theirs_within_1_of_255(int channels)
    {
        double[] factors = [0, 0.37, 1, 1.9];
        var image = WriteWaves(28, 40);
        var expected = Attest(new[] { "brightness", "contrast" }.SelectMany(step => factors.Select(factor => new Dictionary<string, object>
        {
            ["step"] = step,
            ["image"] = image,
            ["mode"] = Mode(channels),
            ["factor"] = factor,
        })));

        foreach (var (i, factor) in factors.Index())
        {
            AssertNear(expected[i], Changed(image, channels, (pixels, _) => Jitter.Stretch(pixels, 0, factor)), within: 1);
            AssertNear(
                expected[factors.Length + i],
                Changed(image, channels, (pixels, shape) => Jitter.Stretch(pixels, Contrast.MeanLuma(pixels, shape), factor)),
                within: 1);
        }
    }

    private delegate void Change(byte[] pixels, ImageShape shape);

    private static byte[] Changed(string image, int channels, Change change)
    {
        var shape = new ImageShape(channels, 28, 40);
        var pixels = ImageFiles.Read([image], shape);
        change(pixels, shape);
        return pixels;
    }

    private static string Mode(int channels) => channels == 1 ? "L" : "RGB";

    private static string Word(Resize rule) => rule switch { Resize.Stretch => "stretch", Resize.Fit => "fit", _ => "crop" };

    private static void AssertNear(byte[] expected, byte[] actual, int within)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair => Assert.InRange(pair.Second - pair.First, -within, within));
    }

    private byte[][] Attest(IEnumerable<Dictionary<string, object>> cases)
    {
        var numbered = cases.Index().ToArray();
        foreach (var (i, item) in numbered)
            item["output"] = At($"{i}.raw");
        File.WriteAllText(At("cases.json"), JsonSerializer.Serialize(numbered.Select(item => item.Item)));
        PythonTorch.Run(Path.Combine(AppContext.BaseDirectory, "torchvision_images.py"), At("cases.json"));
        return [.. numbered.Select(item => File.ReadAllBytes((string)item.Item["output"]))];
    }

    /// <summary>A colour image of waves and noise, so that no two places are alike.</summary>
    private string WriteWaves(int height, int width)
    {
        var random = new SplitMix64((ulong)(height * 1000 + width));
        return WritePixels($"{height}x{width}.png", height, width, [.. Enumerable.Range(0, 3 * height * width).Select(i =>
            (byte)(120 + 80 * Math.Sin(i / 3 % width * 0.4 + i % 3) * Math.Cos(i / 3 / width * 0.3) + random.Between(-30, 30)))]);
    }
}
