using System.Runtime.CompilerServices;
using CsCheck;
using ModelGen.Data;

namespace ModelGen.Tests.Data;

public class BatchLoaderTests
{
    private static readonly ImageSet Images = DrawnDigits.Draw(103, seed: 5, new ImageShape(1, 16, 16));

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(4)]
    [InlineData(7)]
    [InlineData(1000)]
    public void The_batches_hold_the_images_in_the_given_order_for_any_number_of_workers(int workers)
    {
        var order = SampleOrder.Shuffled(Images.Count, seed: 1, epoch: 1);
        var loader = new BatchLoader(Images, batchSize: 10, workers);

        List<int> counts = [];
        List<long> labels = [];
        List<byte> pixels = [];
        foreach (var batch in loader.Read(order))
        {
            counts.Add(batch.Count);
            labels.AddRange(batch.Labels);
            pixels.AddRange(batch.Pixels);
        }

        Assert.Equal(11, loader.BatchCount);
        Assert.Equal([10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 3], counts);
        Assert.Equal(order.Select(i => (long)Images.Label(i)), labels);
        Assert.Equal(order.SelectMany(i => Images.Pixels(i).ToArray()), pixels);
    }

    [Fact]
    public void All_images_come_for_any_batch_size_and_number_of_workers() =>
        Gen.Select(Gen.Int[1, 120], Gen.Int[1, 9]).Sample((batchSize, workers) =>
        {
            var loader = new BatchLoader(Images, batchSize, workers);
            var batches = loader.Read(SampleOrder.Sequential(Images.Count)).Select(batch => batch.Labels.ToArray()).ToArray();
            return batches.Length == loader.BatchCount
                && batches.SkipLast(1).All(labels => labels.Length == batchSize)
                && batches.SelectMany(labels => labels).SequenceEqual(Enumerable.Range(0, Images.Count).Select(i => (long)Images.Label(i)));
        }, iter: 50);

    [Fact]
    public void An_epoch_goes_on_at_any_batch_as_if_it_had_not_stopped() =>
        Gen.Select(Gen.Int[1, 120], Gen.Int[1, 9], Gen.Int[0, 120]).Sample((batchSize, workers, skip) =>
        {
            var order = SampleOrder.Shuffled(Images.Count, seed: 1, epoch: 1);
            var loader = new BatchLoader(Images, batchSize, workers);
            skip = Math.Min(skip, loader.BatchCount);
            byte[] rest = [.. loader.Read(order, skip: skip).SelectMany(batch => batch.Pixels.ToArray())];
            return rest.SequenceEqual(loader.Read(order).SelectMany(batch => batch.Pixels.ToArray()).Skip(skip * batchSize * Images.Shape.Length));
        }, iter: 50);

    [Fact]
    public void Its_memory_serves_every_epoch_and_two_loops_at_once_do_not_share_it()
    {
        var loader = new BatchLoader(Images, batchSize: 10, workers: 2);
        HashSet<PixelBatch> Memory() => [.. loader.Read(SampleOrder.Sequential(Images.Count))];
        var first = Memory();

        Assert.Equal(6, first.Count);
        Assert.Equal(first, Memory());
        foreach (var outer in loader.Read(SampleOrder.Sequential(Images.Count)))
        {
            Assert.Contains(outer, first);
            Assert.DoesNotContain(outer, Memory());
            break;
        }
    }

    [Fact]
    public void It_adds_up_how_long_its_consumer_waited()
    {
        var loader = new BatchLoader(Images, batchSize: 1, workers: 1);
        Assert.Equal(TimeSpan.Zero, loader.Waited);
        _ = loader.Read(SampleOrder.Sequential(Images.Count)).Count();
        var once = loader.Waited;
        _ = loader.Read(SampleOrder.Sequential(Images.Count)).Count();

        Assert.True(TimeSpan.Zero < once && once < loader.Waited);
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(12)]
    public void Skipping_more_batches_than_there_are_is_refused(int skip) => Assert.Throws<ArgumentOutOfRangeException>(
        () => new BatchLoader(Images, batchSize: 10, workers: 1).Read(SampleOrder.Sequential(Images.Count), skip: skip));

    [Fact]
    public void Each_worker_uses_three_batches_over_and_over()
    {
        var seen = new BatchLoader(Images, batchSize: 1, workers: 2).Read(SampleOrder.Sequential(Images.Count)).Distinct().Count();
        Assert.Equal(6, seen);
    }

    [Fact]
    public void Later_epochs_use_the_batches_of_the_first()
    {
        var loader = new BatchLoader(Images, batchSize: 1, workers: 2);
        var order = SampleOrder.Sequential(Images.Count);
        var first = loader.Read(order).ToHashSet();

        Assert.All(Enumerable.Range(2, 3), _ => Assert.Subset(first, loader.Read(order).ToHashSet()));
    }

    [Fact]
    public void A_batch_stays_as_it_is_until_the_next_one_is_asked_for()
    {
        // Many more batches than are filled ahead: a worker that reused a batch too early would be caught by the comparison.
        var next = 0;
        foreach (var batch in new BatchLoader(Images, batchSize: 1, workers: 3).Read(SampleOrder.Sequential(Images.Count)))
        {
            Thread.Yield();
            Assert.True(batch.Pixels.SequenceEqual(Images.Pixels(next++)));
        }
    }

    [Fact]
    public void An_enumeration_that_is_broken_off_leaves_no_thread_behind()
    {
        var batch = TakeOne();
        // A thread that still ran would keep the batch alive, because it would fill it again.
        GC.Collect();
        Assert.False(batch.IsAlive);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static WeakReference TakeOne() => new(new BatchLoader(Images, batchSize: 1, workers: 4).Read(SampleOrder.Sequential(Images.Count)).First());
    }

    [Fact]
    public void After_an_enumeration_that_is_broken_off_comes_a_whole_one()
    {
        var loader = new BatchLoader(Images, batchSize: 1, workers: 4);
        _ = loader.Read(SampleOrder.Sequential(Images.Count)).First();

        Assert.Equal(
            Enumerable.Range(0, Images.Count).Select(i => (long)Images.Label(i)), loader.Read(SampleOrder.Sequential(Images.Count)).Select(batch => batch.Labels[0]));
    }

    [Fact]
    public void A_failure_in_a_worker_reaches_the_consumer_after_the_batches_before_it()
    {
        var order = SampleOrder.Sequential(Images.Count);
        order[57] = Images.Count;
        var batches = 0;
        Assert.ThrowsAny<ArgumentException>(() =>
        {
            foreach (var _ in new BatchLoader(Images, batchSize: 10, workers: 3).Read(order))
                batches++;
        });
        Assert.Equal(5, batches);
    }

    [Fact]
    public void An_empty_set_has_no_batches()
    {
        var loader = new BatchLoader(DrawnDigits.Draw(0, 1, new ImageShape(1, 16, 16)), batchSize: 4, workers: 2);
        Assert.Equal(0, loader.BatchCount);
        Assert.Empty(loader.Read([]));
    }

    [Fact]
    public void An_order_of_another_length_is_refused_before_anything_is_read() =>
        Assert.Throws<ArgumentException>(() => new BatchLoader(Images, 4, 2).Read([1, 2, 3]));

    [Fact]
    public void Batch_size_and_workers_are_at_least_1()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new BatchLoader(Images, 0, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new BatchLoader(Images, 1, 0));
    }
}
