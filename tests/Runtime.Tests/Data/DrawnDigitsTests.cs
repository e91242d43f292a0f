using System.Security.Cryptography;
using ModelGen.Data;

namespace ModelGen.Tests.Data;

public class DrawnDigitsTests : DataFixture
{
    private static readonly ImageShape Shape = new(1, 28, 28);

    [Fact]
    public void A_seed_gives_the_same_digits_on_every_machine() =>
        Assert.Equal("b5e16881858bef349ff71cb349533b409fc7057f0ce17cf0e126bdebb652778d", Hash(DrawnDigits.Draw(200, seed: 1, Shape)));

    [Fact]
    public void Every_seed_and_stream_draws_other_digits()
    {
        string[] hashes =
        [
            Hash(DrawnDigits.Draw(10, seed: 1, Shape)), Hash(DrawnDigits.Draw(10, seed: 2, Shape)),
            Hash(DrawnDigits.Draw(10, seed: 1, Shape, stream: 1)), Hash(DrawnDigits.Draw(10, seed: -1, Shape)),
        ];
        Assert.Distinct(hashes);
    }

    [Fact]
    public void No_two_digits_are_the_same()
    {
        var images = DrawnDigits.Draw(500, seed: 1, Shape);
        Assert.Distinct(Enumerable.Range(0, images.Count).Select(i => Convert.ToHexString(images.Pixels(i))));
    }

    [Fact]
    public void Drawing_fewer_gives_the_first_ones()
    {
        var (few, many) = (DrawnDigits.Draw(7, seed: 3, Shape), DrawnDigits.Draw(30, seed: 3, Shape));
        Assert.All(Enumerable.Range(0, 7), i => Assert.Equal(many.Pixels(i), few.Pixels(i)));
    }

    [Fact]
    public void The_digits_are_balanced()
    {
        var images = DrawnDigits.Draw(60, seed: 1, Shape);
        Assert.Equal(Enumerable.Range(0, 60).Select(i => i % 10), Labels(images));
        Assert.Equal(["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"], images.Classes);
    }

    [Theory]
    [InlineData(1, 16, 16)]
    [InlineData(3, 28, 28)]
    [InlineData(1, 32, 48)]
    [InlineData(3, 64, 20)]
    public void They_are_light_on_dark_in_any_size_and_fill_all_channels_alike(int channels, int height, int width)
    {
        var images = DrawnDigits.Draw(50, seed: 1, new(channels, height, width));
        for (var i = 0; i < images.Count; i++)
        {
            var pixels = images.Pixels(i);
            var plane = pixels[..(height * width)];
            for (var channel = 1; channel < channels; channel++)
                Assert.True(plane.SequenceEqual(pixels.Slice(channel * plane.Length, plane.Length)));
            // Ink covers some of the image, and the middle of the four sides stays almost free of it.
            Assert.InRange(plane.ToArray().Count(value => value > 128), 0.01 * plane.Length, 0.4 * plane.Length);
            Assert.True(plane[0] < 64 && plane[^1] < 64);
        }
    }

    [Fact]
    public void Without_a_folder_6000_digits_are_drawn_to_train_and_1000_to_test()
    {
        var data = ImageData.Open(new Options { Seed = 4 }, new(3, 28, 28), 10);
        Assert.Equal((6_000, 1_000), (data.Train.Count, data.Test!.Count));
        Assert.Equal("no --data given: drew 6,000 training and 1,000 test digits, 28x28, 10 classes (seed 4)", data.Description);
        Assert.False(data.Train.Pixels(0).SequenceEqual(data.Test.Pixels(0)));
    }

    [Fact]
    public void To_test_only_the_test_digits_are_drawn()
    {
        var test = ImageData.OpenTest(new Options { Seed = 4 }, Shape, 10, out var description);
        Assert.Equal("no --data given: drew 1,000 test digits, 28x28, 10 classes (seed 4)", description);
        Assert.Equal(DrawnDigits.Draw(1_000, 4, Shape, stream: 1).Pixels(999), test.Pixels(999));
    }

    [Fact]
    public void A_limit_draws_only_so_many()
    {
        var data = ImageData.Open(new Options { Limit = 50 }, Shape, 10);
        Assert.Equal((50, 50), (data.Train.Count, data.Test!.Count));
        Assert.All(data.Train.Classes.Index(), digit => Assert.Equal(5, Labels(data.Train).Count(label => label == digit.Index)));
    }

    [Theory]
    [InlineData(1, 28, 28, 9)]
    [InlineData(1, 15, 28, 10)]
    [InlineData(1, 28, 15, 10)]
    [InlineData(2, 28, 28, 10)]
    public void A_network_for_something_else_needs_data(int channels, int height, int width, int classes)
    {
        var error = ErrorOf(() => ImageData.Open(new Options(), new(channels, height, width), classes));
        Assert.StartsWith("No --data is given and digits cannot stand in for it", error);
        Assert.Contains($"{classes} classes and a {channels}x{height}x{width} input", error);
    }

    [Fact]
    public void An_impossible_shape_or_count_is_refused()
    {
        Assert.Throws<ArgumentException>(() => DrawnDigits.Draw(1, 1, new(1, 8, 8)));
        Assert.Throws<ArgumentOutOfRangeException>(() => DrawnDigits.Draw(-1, 1, Shape));
    }

    private static string Hash(ImageSet images)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (var i = 0; i < images.Count; i++)
            hash.AppendData(images.Pixels(i));
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
