using CsCheck;
using ModelGen.Data;

namespace ModelGen.Tests.Data;

public class HorizontalFlipTests
{
    // No image equals its mirror image, so whether one is mirrored can be seen.
    private static readonly ImageSet Images = Numbered(103);

    [Fact]
    public void Rows_are_turned_around_within_their_row_and_channel()
    {
        byte[] pixels =
        [
            1, 2, 3, 4, 5, 6, // red, two rows
            7, 8, 9, 10, 11, 12, // green
            13, 14, 15, 16, 17, 18, // blue
        ];
        // One of these epochs mirrors the image.
        var images = new ImageSet(new(3, 2, 3), pixels, [0], ["only"]);
        var epoch = Enumerable.Range(1, 20).First(epoch => new HorizontalFlip(1, epoch).Mirrors(0));

        Assert.Equal(
            [3, 2, 1, 6, 5, 4, 9, 8, 7, 12, 11, 10, 15, 14, 13, 18, 17, 16],
            Pixels(images, new(1, epoch), batchSize: 1, workers: 1));
    }

    [Fact]
    public void Batches_are_the_same_for_any_batch_size_and_number_of_workers()
    {
        var expected = Pixels(Images, new(5, 2), batchSize: 1, workers: 1);

        Gen.Select(Gen.Int[1, 120], Gen.Int[1, 9]).Sample((batchSize, workers) =>
            Pixels(Images, new(5, 2), batchSize, workers).SequenceEqual(expected), iter: 50);
    }

    [Fact]
    public void An_image_is_mirrored_wherever_it_stands_in_the_order()
    {
        var flip = new HorizontalFlip(Seed: 3, Epoch: 4);
        var order = SampleOrder.Shuffled(Images.Count, seed: 1, epoch: 1);
        var next = 0;
        foreach (var batch in new BatchLoader(Images, batchSize: 10, workers: 3).Read(order, flip))
        {
            for (var i = 0; i < batch.Count; i++, next++)
            {
                var pixels = Images.Pixels(order[next]).ToArray();
                if (flip.Mirrors(order[next]))
                    Array.Reverse(pixels);
                Assert.Equal(pixels, batch.Pixels.Slice(i * pixels.Length, pixels.Length));
            }
        }

        Assert.Equal(Images.Count, next);
    }

    [Fact]
    public void Without_a_flip_no_image_is_mirrored() =>
        Assert.Equal(Enumerable.Range(0, Images.Count).SelectMany(i => Images.Pixels(i).ToArray()), Pixels(Images, flip: null, batchSize: 10, workers: 3));

    // From an independent implementation of the documented algorithm.
    [Fact]
    public void The_mirrored_images_are_the_documented_ones_on_every_machine()
    {
        Assert.Equal([1, 4, 6, 7, 8, 9, 10, 11, 12, 17, 19], Mirrored(20, new(1, 1)));
        Assert.Equal(5_033, Mirrored(10_000, new(1, 1)).Length);
    }

    [Fact]
    public void Every_image_epoch_and_seed_is_mirrored_half_of_the_time()
    {
        // The standard deviation of 10,000 is 50.
        Assert.All(Enumerable.Range(-3, 20), key =>
        {
            Assert.InRange(Enumerable.Range(0, 10_000).Count(image => new HorizontalFlip(key, 1).Mirrors(image)), 4_800, 5_200);
            Assert.InRange(Enumerable.Range(0, 10_000).Count(epoch => new HorizontalFlip(key, epoch).Mirrors(7)), 4_800, 5_200);
            Assert.InRange(Enumerable.Range(0, 10_000).Count(seed => new HorizontalFlip(seed, key).Mirrors(7)), 4_800, 5_200);
        });
    }

    [Fact]
    public void Every_epoch_and_every_seed_mirrors_other_images()
    {
        var keys = from seed in Enumerable.Range(-3, 7) from epoch in Enumerable.Range(0, 20) select new HorizontalFlip(seed, epoch);

        Assert.Equal(140, keys.Select(flip => string.Join(",", Mirrored(50, flip))).Distinct().Count());
    }

    private static int[] Mirrored(int count, HorizontalFlip flip) => [.. Enumerable.Range(0, count).Where(flip.Mirrors)];

    private static byte[] Pixels(ImageSet images, HorizontalFlip? flip, int batchSize, int workers) =>
        [.. new BatchLoader(images, batchSize, workers).Read(SampleOrder.Sequential(images.Count), flip).SelectMany(batch => batch.Pixels.ToArray())];

    /// <summary>Images of one row and two pixels: 2i and 2i + 1.</summary>
    private static ImageSet Numbered(int count) =>
        new(new(1, 1, 2), [.. Enumerable.Range(0, 2 * count).Select(i => (byte)i)], new int[count], ["only"]);
}
