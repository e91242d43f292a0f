using System.Security.Cryptography;
using ModelGen.Data;

namespace ModelGen.Tests.Data;

public class ImageFilesTests : DataFixture
{
    // An 8x8 photograph-like JPEG with 4:2:0 chroma, and the SHA-256 of what Pillow 9.4 with libjpeg-turbo 2.1.5 decodes it to, as [3, 8, 8].
    private const string Jpeg =
        "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAMCAgMCAgMDAwMEAwMEBQgFBQQEBQoHBwYIDAoMDAsKCwsNDhIQDQ4RDgsLEBYQERMUFRUVDA8XGBYUGBIUFRT/2wBDAQMEBAUEBQkFBQkUDQsNFBQUFBQU"
        + "FBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBQUFBT/wAARCAAIAAgDASIAAhEBAxEB/8QAHwAAAQUBAQEBAQEAAAAAAAAAAAECAwQFBgcICQoL/8QAtRAAAgEDAwIEAwUFBAQA"
        + "AAF9AQIDAAQRBRIhMUEGE1FhByJxFDKBkaEII0KxwRVS0fAkM2JyggkKFhcYGRolJicoKSo0NTY3ODk6Q0RFRkdISUpTVFVWV1hZWmNkZWZnaGlqc3R1dnd4eXqDhIWGh4iJipKTlJWWl5iZmqKjpKWmp6ip"
        + "qrKztLW2t7i5usLDxMXGx8jJytLT1NXW19jZ2uHi4+Tl5ufo6erx8vP09fb3+Pn6/8QAHwEAAwEBAQEBAQEBAQAAAAAAAAECAwQFBgcICQoL/8QAtREAAgECBAQDBAcFBAQAAQJ3AAECAxEEBSExBhJBUQdh"
        + "cRMiMoEIFEKRobHBCSMzUvAVYnLRChYkNOEl8RcYGRomJygpKjU2Nzg5OkNERUZHSElKU1RVVldYWVpjZGVmZ2hpanN0dXZ3eHl6goOEhYaHiImKkpOUlZaXmJmaoqOkpaanqKmqsrO0tba3uLm6wsPExcbH"
        + "yMnK0tPU1dbX2Nna4uPk5ebn6Onq8vP09fb3+Pn6/9oADAMBAAIRAxEAPwDB+Fv7JOfJ/wBD9P4aKKK+KPCP/9k=";

    private const string JpegPixels = "8ce72743f8ea929e60538dd04eb5fd7248237b622bfd814470ffefe5ade32fb1";

    // 2x2: the colours (10, 20, 30), (200, 100, 50), (0, 0, 255), (200, 100, 50) by a palette.
    private const string PalettePng =
        "iVBORw0KGgoAAAANSUhEUgAAAAIAAAACAgMAAAAP2OW3AAAACVBMVEUKFB7IZDIAAP8/dCnvAAAADElEQVR42mMQYJgAAADEAKEooWk6AAAAAElFTkSuQmCC";

    // 2x2: 0x0000, 0x12FF, 0x8001, 0xFFFF in 16-bit gray.
    private const string Gray16Png =
        "iVBORw0KGgoAAAANSUhEUgAAAAIAAAACEAAAAAAHTY67AAAAEklEQVR42mNgYBD6z9DA+P8/AAuCA5ESdkWvAAAAAElFTkSuQmCC";

    [Fact]
    public void A_jpeg_has_exactly_the_values_that_Pillow_gives() =>
        Assert.Equal(JpegPixels, Convert.ToHexStringLower(SHA256.HashData(ImageFiles.Read([Write("a.jpg", Convert.FromBase64String(Jpeg))], new(3, 8, 8)))));

    [Fact]
    public void The_orientation_that_a_camera_noted_turns_no_image()
    {
        // Orientation 6, a quarter turn, as the one entry of the EXIF segment.
        var exif = Convert.FromHexString("FFE10022" + "457869660000" + "49492A0008000000" + "0100" + "120103000100000006000000" + "00000000");
        var jpeg = Convert.FromBase64String(Jpeg);
        var turned = Write("a.jpg", [.. jpeg[..2], .. exif, .. jpeg[2..]]);

        Assert.Equal(JpegPixels, Convert.ToHexStringLower(SHA256.HashData(ImageFiles.Read([turned], new(3, 8, 8)))));
    }

    [Fact]
    public void Colours_come_as_planes_and_images_one_after_the_other()
    {
        var pixels = ImageFiles.Read([WriteImage("a.png", 1, 2, 3), WriteImage("b.webp", 255, 255, 255)], Colour);
        Assert.Equal([.. Repeat(1), .. Repeat(2), .. Repeat(3), .. Repeat(255), .. Repeat(255), .. Repeat(255)], pixels);

        static IEnumerable<byte> Repeat(byte value) => Enumerable.Repeat(value, 24);
    }

    [Theory]
    [InlineData(255, 0, 0, 76)]
    [InlineData(0, 255, 0, 150)]
    [InlineData(0, 0, 255, 29)]
    [InlineData(77, 77, 77, 77)]
    public void One_channel_is_the_luma_of_Pillows_mode_L(byte red, byte green, byte blue, byte gray) =>
        Assert.All(ImageFiles.Read([WriteImage("a.png", red, green, blue)], Gray), value => Assert.Equal(gray, value));

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(128)]
    public void Alpha_is_dropped_and_the_colour_under_it_kept(byte alpha)
    {
        var pixels = ImageFiles.Read([WriteImage("a.png", 200, 100, 50, alpha)], Colour);
        Assert.Equal([200, 100, 50], new[] { pixels[0], pixels[24], pixels[48] });
    }

    [Fact]
    public void A_palette_is_looked_up() =>
        Assert.Equal(
            [10, 200, 0, 200, 20, 100, 0, 100, 30, 50, 255, 50],
            ImageFiles.Read([Write("a.png", Convert.FromBase64String(PalettePng))], new(3, 2, 2)));

    [Fact]
    public void Of_16_bits_the_high_byte_counts() =>
        Assert.Equal([0x00, 0x12, 0x80, 0xFF], ImageFiles.Read([Write("a.png", Convert.FromBase64String(Gray16Png))], new(1, 2, 2)));

    [Fact]
    public void Another_size_is_refused_with_both_sizes()
    {
        var path = WriteImage("a.png", 0, 0, 0, width: 7, height: 5);
        Assert.Equal(
            $"'{path}' is 7 pixels wide and 5 high, but the network takes images 6 wide and 4 high: set 'resize' of image_folder, resize the image, or change the network's input.",
            ErrorOf(() => ImageFiles.Read([path], Gray)));
    }

    [Theory]
    [InlineData(Resize.Stretch)]
    [InlineData(Resize.Fit)]
    [InlineData(Resize.Crop)]
    public void A_strip_of_any_length_is_resized_without_computing_what_is_cut_off(Resize rule)
    {
        var path = WriteImage("a.png", 9, 9, 9, width: 1, height: 60_000);
        var pixels = ImageFiles.Read([path], new(1, 5, 300), rule);

        // To fit, the strip becomes a line of one pixel's width in the middle; round(299 / 2) is 150.
        Assert.Equal(
            Enumerable.Range(0, 1500).Select(i => rule == Resize.Fit && i % 300 != 150 ? 0 : 9),
            pixels.Select(value => (int)value));
    }

    [Theory]
    [InlineData(0, "empty")]
    [InlineData(1, "is no JPEG")]
    [InlineData(20, "ends within its header")]
    [InlineData(632, "ends early")]
    public void A_jpeg_cut_short_is_refused_by_name_and_reason(int length, string reason)
    {
        var path = Write("a.jpg", Convert.FromBase64String(Jpeg).AsSpan(0, length));
        var error = ErrorOf(() => ImageFiles.Read([path], new(3, 8, 8)));
        Assert.StartsWith($"'{path}' cannot be decoded: ", error);
        Assert.Contains(reason, error);
    }

    [Fact]
    public void A_png_with_damaged_values_is_refused()
    {
        var png = Convert.FromBase64String(Gray16Png);
        png[45] ^= 0xFF;
        Assert.Contains("cannot be decoded", ErrorOf(() => ImageFiles.Read([Write("a.png", png)], new(1, 2, 2))));
    }

    [Fact]
    public void Of_many_faulty_files_the_first_is_named()
    {
        var paths = Enumerable.Range(0, 200).Select(i => i < 80 ? WriteImage($"{i}.png", 1, 1, 1) : Write($"{i}.png", "none"u8)).ToArray();
        Assert.Contains($"'{paths[80]}'", ErrorOf(() => ImageFiles.Read(paths, Gray)));
    }

    [Fact]
    public void Those_that_can_be_read_are_and_the_others_are_told_in_their_order()
    {
        string[] paths = [At("none.png"), WriteImage("a.png", 1, 1, 1), Write("text.png", "none"u8), WriteImage("b.png", 2, 2, 2)];
        var refused = new List<string>();

        var pixels = ImageFiles.ReadEach(paths, Gray, error => refused.Add(error.Message), out var read);

        Assert.Equal([paths[1], paths[3]], read);
        Assert.Equal(ImageFiles.Read([paths[1], paths[3]], Gray), pixels);
        Assert.Equal(2, refused.Count);
        Assert.StartsWith($"Cannot read the image '{paths[0]}'", refused[0]);
        Assert.Equal($"'{paths[2]}' cannot be decoded: it is no JPEG, PNG, BMP or WebP image, or ends within its header. Replace it or leave it out.", refused[1]);
    }

    [Fact]
    public void A_missing_file_is_named()
    {
        var path = At("none.png");
        Assert.StartsWith($"Cannot read the image '{path}'", ErrorOf(() => ImageFiles.Read([path], Gray)));
        Assert.Equal("Cannot read the image '': that is no path.", ErrorOf(() => ImageFiles.Read([""], Gray)));
    }

    [Fact]
    public void A_folder_is_told_from_an_image() =>
        Assert.Equal($"'{Folder}' is a folder, not an image: name the images in it.", ErrorOf(() => ImageFiles.Read([Folder], Gray)));

    [Fact]
    public void A_file_that_another_program_has_locked_is_named()
    {
        var path = WriteImage("a.png", 1, 1, 1);
        using var locked = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        Assert.StartsWith($"Cannot read the image '{path}'", ErrorOf(() => ImageFiles.Read([path], Gray)));
    }

    [Fact]
    public void What_no_array_can_hold_is_refused_before_anything_is_decoded()
    {
        var paths = Enumerable.Repeat("not looked at", 3_000_000).ToArray();
        Assert.StartsWith("The 3,000,000 images of 1x28x28 ", ErrorOf(() => ImageFiles.Read(paths, new(1, 28, 28))));
    }

    [Fact]
    public void Images_have_1_or_3_channels() => Assert.Contains("2x4x6", ErrorOf(() => ImageFiles.Read([], new(2, 4, 6))));
}
