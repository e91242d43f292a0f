using CsCheck;
using ModelGen.Data;

namespace ModelGen.Tests.Data;

public class SampleOrderTests
{
    // From an independent implementation of the documented algorithm.
    [Fact]
    public void The_order_is_the_documented_one_on_every_machine()
    {
        Assert.Equal([25, 17, 93, 63, 61, 96, 55, 90, 9, 94], SampleOrder.Shuffled(100, seed: 1, epoch: 1)[..10]);
        Assert.Equal([1, 4, 0, 3, 2], SampleOrder.Shuffled(5, seed: 7, epoch: 2));
    }

    // The values of the reference implementation.
    [Fact]
    public void SplitMix64_gives_its_published_numbers()
    {
        var random = new SplitMix64(1234567);
        Assert.Equal([6457827717110365317, 3203168211198807973, 9817491932198370423], new[] { random.Next(), random.Next(), random.Next() });
    }

    [Fact]
    public void Every_order_shows_each_image_once() =>
        Gen.Select(Gen.Int[0, 300], Gen.Int, Gen.Int).Sample((count, seed, epoch) =>
            SampleOrder.Shuffled(count, seed, epoch).Order().SequenceEqual(SampleOrder.Sequential(count)));

    [Fact]
    public void Every_epoch_and_every_seed_has_its_own_order()
    {
        var keys = from seed in Enumerable.Range(-3, 7) from epoch in Enumerable.Range(0, 20) select (seed, epoch);
        Assert.Equal(140, keys.Select(key => string.Join(",", SampleOrder.Shuffled(50, key.seed, key.epoch))).Distinct().Count());
    }

    [Fact]
    public void Every_order_of_three_is_as_likely_as_every_other()
    {
        var counts = Enumerable.Range(0, 6_000).CountBy(epoch => string.Join(",", SampleOrder.Shuffled(3, seed: 1, epoch))).ToArray();
        Assert.Equal(6, counts.Length);
        // Of 1,000 expected; the standard deviation is 29.
        Assert.All(counts, order => Assert.InRange(order.Value, 850, 1150));
    }

    [Fact]
    public void A_negative_count_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => SampleOrder.Shuffled(-1, 1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => SampleOrder.Sequential(-1));
    }

    [Fact]
    public void A_limit_keeps_evenly_spaced_images_in_ascending_order()
    {
        Assert.Equal([0, 2, 5, 7], SampleOrder.EvenlySpaced(10, 4));
        Assert.Equal([0, 1, 2], SampleOrder.EvenlySpaced(3, 5));
        Assert.Equal([0, 1, 2], SampleOrder.EvenlySpaced(3, null));
        Assert.Equal(1_999_999_999, SampleOrder.EvenlySpaced(2_000_000_000, 2)[1] * 2 - 1);
    }
}
