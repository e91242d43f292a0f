using CsCheck;
using ModelGen.Cpu;
using ModelGen.Data;
using ModelGen.Tests.Training;

namespace ModelGen.Tests.Cpu;

public sealed class BatchesTests
{
    private static readonly ImageSet Images = new(
        new ImageShape(3, 6, 5), [.. Enumerable.Range(0, 53 * 90).Select(i => (byte)(i % 251))], [.. Enumerable.Range(0, 53).Select(i => i % 10)], [.. "0123456789".Select(c => c.ToString())]);

    [Fact]
    public void They_are_the_images_of_their_part_of_the_order_for_any_size_and_start() =>
        Gen.Select(Gen.Int[1, 60], Gen.Int[1, 4], Gen.Int[0, 60], Gen.Int[1, 1000]).Sample((size, workers, skip, epoch) =>
        {
            var batches = new ImageBatches(Images, new TestOptions { BatchSize = size, Workers = workers });
            var order = SampleOrder.Shuffled(Images.Count, seed: 1, epoch);
            skip = Math.Min(skip, batches.BatchCount);
            var (pixels, labels, counts) = (new List<byte>(), new List<int>(), new List<int>());

            foreach (var batch in batches.Read(order, skip: skip))
            {
                pixels.AddRange(Pixels(batch));
                labels.AddRange(batch.Labels);
                counts.Add(batch.Count);
            }

            var left = order.Skip(skip * size).ToArray();
            Assert.Equal(left.Chunk(size).Select(part => part.Length), counts);
            Assert.Equal(left.Select(Images.Label), labels);
            Assert.Equal(left.SelectMany(i => Images.Pixels(i).ToArray()), pixels);
        }, iter: 50);

    [Fact]
    public void Images_in_memory_stay_where_they_are_and_those_of_a_source_are_copied()
    {
        var order = SampleOrder.Shuffled(Images.Count, seed: 1, epoch: 1);
        var inMemory = new ImageBatches(Images, new TestOptions { BatchSize = 20 }).Read(order);
        var copied = new ImageBatches(ImageSet.FromSource(new Source(Images)), new TestOptions { BatchSize = 20, Workers = 2 }).Read(order);

        // Spans are equal when they are the same memory.
        Assert.True(inMemory.First()[3] == Images.Pixels(order[3]));
        Assert.Equal(inMemory.SelectMany(Pixels), copied.SelectMany(Pixels));
    }

    [Fact]
    public void They_are_augmented_on_their_way()
    {
        var batches = new ImageBatches(Images, new TestOptions { BatchSize = 53 });
        var augmentation = new Augmentation(1, 1, new HorizontalFlip());
        var expected = new BatchLoader(Images, 53, 1).Read(SampleOrder.Sequential(53), augmentation).Select(batch => batch.Pixels.ToArray()).Single();

        Assert.Equal(expected, batches.Read(SampleOrder.Sequential(53), augmentation).Select(Pixels).Single());
        Assert.NotEqual(expected, batches.Read(SampleOrder.Sequential(53)).Select(Pixels).Single());
    }

    [Fact]
    public void Giving_a_batch_allocates_nothing()
    {
        var batches = new ImageBatches(Images, new TestOptions { BatchSize = 4, Workers = 1 });
        var allocated = new List<long>(20);

        foreach (var _ in batches.Read(SampleOrder.Sequential(Images.Count)))
            allocated.Add(GC.GetAllocatedBytesForCurrentThread());

        Assert.Single(allocated[2..].Distinct());
    }

    [Fact]
    public void An_order_or_a_start_that_the_loader_refuses_is_refused_at_once()
    {
        var batches = new ImageBatches(Images, new TestOptions());

        Assert.Throws<ArgumentException>(() => batches.Read([1, 2, 3]));
        Assert.Throws<ArgumentOutOfRangeException>(() => batches.Read(SampleOrder.Sequential(Images.Count), skip: 100));
    }

    [Fact]
    public void Rows_come_with_their_classes_or_their_targets()
    {
        float[] features = [.. Enumerable.Range(0, 20).Select(i => (float)i)];
        var classes = new TableBatches(new TableSet(features, [.. Enumerable.Range(0, 10).Select(i => i % 2)], ["even", "odd"]), new TestOptions { BatchSize = 4 });
        var targets = new TableBatches(new TableSet(features, [.. features.Select(value => -value), .. features[..10]], 3), new TestOptions { BatchSize = 4 });
        int[] order = [9, 0, 1, 2, 3, 4, 5, 6, 7, 8];

        var rows = classes.Read(order).Select(batch => (batch.Count, Features: batch.Features.ToArray(), Labels: batch.Labels.ToArray(), Targets: batch.Targets.ToArray())).ToArray();
        Assert.Equal(3, classes.BatchCount);
        Assert.Equal([4, 4, 2], rows.Select(batch => batch.Count));
        Assert.Equal([18, 19, 0, 1, 2, 3, 4, 5], rows[0].Features);
        Assert.Equal([1, 0, 1, 0], rows[0].Labels);
        Assert.Empty(rows[0].Targets);

        var first = targets.Read(order, skip: 1).Select(batch => (Labels: batch.Labels.ToArray(), Targets: batch.Targets.ToArray())).First();
        Assert.Equal([-9, -10, -11, -12, -13, -14, -15, -16, -17, -18, -19, 0], first.Targets);
        Assert.Empty(first.Labels);
    }

    private static byte[] Pixels(ImageBatch batch)
    {
        var pixels = new List<byte>();
        for (var n = 0; n < batch.Count; n++)
            pixels.AddRange(batch[n]);
        return [.. pixels];
    }

    private sealed class Source(ImageSet images) : IDataSource
    {
        public int Count => images.Count;

        public ImageShape Shape => images.Shape;

        public IReadOnlyList<string> Classes => images.Classes;

        public int Label(int index) => images.Label(index);

        public void Read(int index, Span<byte> pixels) => images.Read(index, pixels);
    }
}
