using System.Security.Cryptography;
using CsCheck;
using ModelGen.Data;

namespace ModelGen.Tests.Data;

public class AugmentationTests
{
    private static readonly ImageShape Shape = new(3, 20, 17);
    private static readonly ImageSet Images = Noise(103);

    private static readonly IAugmentation[] All =
    [
        new RandomCrop(3),
        new Affine(rotate: 20, shift: 0.2, scale: 0.3, shear: 10),
        new HorizontalFlip(),
        new VerticalFlip(),
        new Brightness(0.5),
        new Contrast(0.5),
        new Erase(0.9),
    ];

    public static TheoryData<string> Steps { get; } = [.. All.Select(step => step.GetType().Name)];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    public void An_epoch_is_the_same_to_the_last_bit_for_any_number_of_workers(int workers)
    {
        var (labels, pixels) = Hashes(workers);

        Assert.Equal("98696211fef6fd4b", labels[..16]);
        Assert.Equal("65aebf1437ae9867", pixels[..16]);
    }

    [Fact]
    public void What_an_image_becomes_does_not_depend_on_its_batch() =>
        Gen.Select(Gen.Int[1, 120], Gen.Int[1, 9], Gen.Int[0, 120]).Sample((batchSize, workers, skip) =>
        {
            var order = SampleOrder.Shuffled(Images.Count, seed: 1, epoch: 2);
            var loader = new BatchLoader(Images, batchSize, workers);
            skip = Math.Min(skip, loader.BatchCount);
            byte[] expected = [.. order.Skip(skip * batchSize).SelectMany(image => Changed(image, new Augmentation(5, 2, All)))];
            return loader.Read(order, new Augmentation(5, 2, All), skip).SelectMany(batch => batch.Pixels.ToArray()).SequenceEqual(expected);
        }, iter: 20);

    [Theory, MemberData(nameof(Steps))]
    public void Every_epoch_seed_and_image_is_changed_otherwise(string name)
    {
        var step = Step(name);
        var keys = from seed in Enumerable.Range(-2, 4) from epoch in Enumerable.Range(1, 5) select new Augmentation(seed, epoch, step);

        // Of 40 flips, two series are equal once in 10^12 times.
        Assert.Equal(20, keys.Select(change => string.Join(",", Enumerable.Range(0, 40).Select(image => Hash(Changed(image, change))))).Distinct().Count());
    }

    [Theory, MemberData(nameof(Steps))]
    public void Nothing_is_written_outside_of_the_image(string name) =>
        Gen.Select(Gen.Int[1, 12], Gen.Int[1, 12], Gen.Bool, Gen.ULong).Sample((height, width, isGray, state) =>
        {
            var shape = new ImageShape(isGray ? 1 : 3, height, width);
            var pixels = new byte[shape.Length + 20];
            pixels.AsSpan().Fill(77);
            var random = new SplitMix64(state);
            Step(name).Apply(pixels.AsSpan(10, shape.Length), shape, ref random);
            return pixels[..10].Concat(pixels[^10..]).All(value => value == 77);
        });

    // From an independent implementation of the documented algorithm.
    [Fact]
    public void The_numbers_are_the_documented_ones_on_every_machine()
    {
        var flip = new Augmentation(1, 1, new HorizontalFlip());
        var mirrored = Enumerable.Range(0, 10_000).Where(image =>
        {
            byte[] pixels = [0, 1];
            flip.Apply(pixels, new(1, 1, 2), image);
            return pixels[0] == 1;
        }).ToArray();

        Assert.Equal([0, 1, 3, 5, 8, 9, 10, 11, 13, 17, 18], mirrored.TakeWhile(image => image < 20));
        Assert.Equal(4_929, mirrored.Length);
    }

    [Fact]
    public void A_flip_reverses_rows_or_columns_within_their_channel()
    {
        byte[] pixels = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18]; // two rows of red, of green, of blue

        Assert.Equal([3, 2, 1, 6, 5, 4, 9, 8, 7, 12, 11, 10, 15, 14, 13, 18, 17, 16], Flipped(new HorizontalFlip()));
        Assert.Equal([4, 5, 6, 1, 2, 3, 10, 11, 12, 7, 8, 9, 16, 17, 18, 13, 14, 15], Flipped(new VerticalFlip()));

        byte[] Flipped(IAugmentation flip) => Outcomes(flip, pixels, new(3, 2, 3)).Single(outcome => !outcome.SequenceEqual(pixels));
    }

    [Fact]
    public void A_crop_moves_the_image_by_each_offset_up_to_its_padding()
    {
        byte[] pixels = [1, 2, 3, 4, 5, 6, 7, 8, 9];
        var outcomes = Outcomes(new RandomCrop(1), pixels, new(1, 3, 3)).Select(outcome => string.Join(" ", outcome)).Order(StringComparer.Ordinal);

        Assert.Equal(
            [
                "0 0 0 0 1 2 0 4 5", "0 0 0 1 2 3 4 5 6", "0 0 0 2 3 0 5 6 0",
                "0 1 2 0 4 5 0 7 8", "0 4 5 0 7 8 0 0 0", "1 2 3 4 5 6 7 8 9",
                "2 3 0 5 6 0 8 9 0", "4 5 6 7 8 9 0 0 0", "5 6 0 8 9 0 0 0 0",
            ],
            outcomes);
    }

    [Fact]
    public void A_crop_by_more_than_the_image_may_leave_nothing() =>
        Assert.Contains(Outcomes(new RandomCrop(1000), [1, 2, 3, 4], new(1, 2, 2)), outcome => outcome.All(value => value == 0));

    [Fact]
    public void An_erased_rectangle_is_black_in_all_channels_and_the_rest_stays()
    {
        var shape = new ImageShape(3, 20, 20);
        var white = Enumerable.Repeat((byte)255, shape.Length).ToArray();
        foreach (var outcome in Outcomes(new Erase(1), white, shape))
        {
            var black = Enumerable.Range(0, 400).Where(i => outcome[i] == 0).ToArray();
            var (rows, columns) = (black.Select(i => i / 20).Distinct().Count(), black.Select(i => i % 20).Distinct().Count());

            Assert.Equal(black.Length, rows * columns);
            Assert.Equal(outcome[..400], outcome[400..800]);
            Assert.Equal(outcome[..400], outcome[800..]);
            // 2 % to 33 % of 400, and what rounding both sides makes of that.
            Assert.InRange(black.Length, 4, 150);
        }
    }

    [Fact]
    public void An_affine_change_of_nothing_changes_nothing()
    {
        var pixels = Images.Pixels(3).ToArray();
        Affine.Transform(pixels, Shape, angle: 0, right: 0, down: 0, factor: 1, lean: 0);

        Assert.Equal(Images.Pixels(3), pixels);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(30)]
    [InlineData(-90)]
    [InlineData(180)]
    public void Sines_and_exponentials_are_those_of_the_platform_but_for_the_last_digits(double degrees)
    {
        var (sine, cosine) = Elementary.SinCos(degrees);

        Assert.Equal(Math.Sin(degrees * Math.PI / 180), sine, 1e-15);
        Assert.Equal(Math.Cos(degrees * Math.PI / 180), cosine, 1e-15);
        Assert.Equal(Math.Exp(degrees / 90), Elementary.Exp(degrees / 90), 1e-14);
    }

    [Fact]
    public void Amounts_out_of_range_are_refused()
    {
        Action[] wrong =
        [
            () => _ = new Affine(rotate: 181), () => _ = new Affine(shift: -0.1), () => _ = new Affine(scale: 1), () => _ = new Affine(shear: 90),
            () => _ = new Affine(rotate: double.NaN), () => _ = new RandomCrop(0), () => _ = new RandomCrop(1001), () => _ = new Erase(1.1),
            () => _ = new Brightness(-1), () => _ = new Contrast(double.PositiveInfinity),
        ];
        Assert.All(wrong, make => Assert.Throws<ArgumentOutOfRangeException>(make));
    }

    private static (string Labels, string Pixels) Hashes(int workers)
    {
        using var labels = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var pixels = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var batch in new BatchLoader(Images, batchSize: 8, workers).Read(SampleOrder.Shuffled(Images.Count, 1, 3), new Augmentation(1, 3, All)))
        {
            labels.AppendData(System.Runtime.InteropServices.MemoryMarshal.AsBytes(batch.Labels));
            pixels.AppendData(batch.Pixels);
        }

        return (Convert.ToHexStringLower(labels.GetHashAndReset()), Convert.ToHexStringLower(pixels.GetHashAndReset()));
    }

    private static IAugmentation Step(string name) => All.Single(step => step.GetType().Name == name);

    private static byte[] Changed(int image, Augmentation change)
    {
        var pixels = Images.Pixels(image).ToArray();
        change.Apply(pixels, Shape, image);
        return pixels;
    }

    /// <summary>What a step makes of an image with 200 states, each outcome once.</summary>
    private static IEnumerable<byte[]> Outcomes(IAugmentation step, byte[] pixels, ImageShape shape) => Enumerable.Range(0, 200).Select(key =>
    {
        var copy = pixels.ToArray();
        var random = SplitMix64.For(key);
        step.Apply(copy, shape, ref random);
        return copy;
    }).DistinctBy(outcome => string.Join(",", outcome));

    private static string Hash(byte[] pixels) => Convert.ToHexStringLower(SHA256.HashData(pixels));

    private static ImageSet Noise(int count)
    {
        var random = new SplitMix64(1);
        byte[] pixels = [.. Enumerable.Range(0, count * Shape.Length).Select(_ => (byte)random.Next())];
        return new(Shape, pixels, [.. Enumerable.Range(0, count).Select(i => i % 7)], ["a", "b", "c", "d", "e", "f", "g"]);
    }
}
