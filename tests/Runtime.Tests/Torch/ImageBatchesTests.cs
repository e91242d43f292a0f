using CsCheck;
using ModelGen.Data;
using ModelGen.Tests.Training;
using ModelGen.Torch;
using ModelGen.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace ModelGen.Tests.Torch;

/// <summary>Batches are the same wherever the images live.</summary>
[Collection(OneAfterTheOther.Name)]
public sealed class ImageBatchesTests
{
    private static readonly ImageSet Images = Numbered(53, new ImageShape(3, 6, 5));

    public ImageBatchesTests() => LibTorch.EnsureLoaded();

    [Fact]
    public void Images_that_live_on_the_device_give_the_batches_of_the_loader_for_any_order_size_and_start() =>
        Gen.Select(Gen.Int[1, 60], Gen.Int[1, 4], Gen.Int[0, 60], Gen.Int[1, 1000]).Sample((batchSize, workers, skip, epoch) =>
        {
            var options = new TestOptions { BatchSize = batchSize, Workers = workers };
            using var fromHost = new ImageBatches(Images, options with { Resident = Residence.Off }, CPU);
            using var resident = new ImageBatches(Images, options with { Resident = Residence.On }, CPU);
            var order = SampleOrder.Shuffled(Images.Count, seed: 1, epoch);
            skip = Math.Min(skip, fromHost.BatchCount);

            Assert.Equal(fromHost.BatchCount, resident.BatchCount);
            Assert.Equal(Contents(fromHost.Read(order, skip: skip)), Contents(resident.Read(order, skip: skip)));
        }, iter: 50);

    [Theory]
    [InlineData(Residence.Off)]
    [InlineData(Residence.On)]
    public void A_batch_is_the_images_of_its_part_of_the_order_and_can_be_kept(Residence resident)
    {
        using var batches = new ImageBatches(Images, new TestOptions { BatchSize = 20, Workers = 1, Resident = resident }, CPU);
        var order = SampleOrder.Shuffled(Images.Count, seed: 1, epoch: 1);

        var kept = batches.Read(order).ToArray();

        Assert.Equal([[20, 3, 6, 5], [20, 3, 6, 5], [13, 3, 6, 5]], kept.Select(batch => batch.Pixels.shape));
        Assert.All(kept, batch => Assert.Equal((ScalarType.Byte, ScalarType.Int64), (batch.Pixels.dtype, batch.Labels.dtype)));
        Assert.Equal(order.SelectMany(i => Images.Pixels(i).ToArray()), kept.SelectMany(batch => batch.Pixels.data<byte>().ToArray()));
        Assert.Equal(order.Select(i => (long)Images.Label(i)), kept.SelectMany(batch => batch.Labels.data<long>().ToArray()));
        foreach (var (pixels, labels) in kept)
        {
            pixels.Dispose();
            labels.Dispose();
        }
    }

    [Theory]
    [InlineData(Residence.Off)]
    [InlineData(Residence.On)]
    public void Nothing_is_left_behind_also_when_a_loop_breaks_off(Residence resident)
    {
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;

        using (var batches = new ImageBatches(Images, new TestOptions { BatchSize = 8, Resident = resident }, CPU))
        {
            foreach (var (pixels, labels) in batches.Read(SampleOrder.Sequential(Images.Count)))
            {
                pixels.Dispose();
                labels.Dispose();
                break;
            }
        }

        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void An_order_or_a_start_that_the_loader_refuses_is_refused()
    {
        using var batches = new ImageBatches(Images, new TestOptions { Resident = Residence.On }, CPU);

        Assert.Throws<ArgumentException>(() => batches.Read([1, 2, 3]));
        Assert.Throws<ArgumentException>(() => batches.Read([.. SampleOrder.Sequential(Images.Count - 1), Images.Count]));
        Assert.Throws<ArgumentException>(() => batches.Read([.. SampleOrder.Sequential(Images.Count - 1), -1]));
        Assert.Throws<ArgumentOutOfRangeException>(() => batches.Read(SampleOrder.Sequential(Images.Count), skip: 3));
        Assert.Throws<ArgumentException>(() => batches.Read(SampleOrder.Sequential(Images.Count), new Augmentation(1, 1, new HorizontalFlip())));
    }

    [Fact]
    public void A_set_without_images_has_no_batches()
    {
        using var batches = new ImageBatches(Numbered(0, Images.Shape), new TestOptions { Resident = Residence.On }, CPU);

        Assert.Empty(batches.Read([]));
    }

    [Fact]
    public void A_source_is_read_once_and_not_in_each_epoch()
    {
        var source = new Source(count: 30, new ImageShape(1, 2, 2));
        using var batches = new ImageBatches(ImageSet.FromSource(source), new TestOptions { BatchSize = 8, Resident = Residence.On }, CPU);

        for (var epoch = 1; epoch <= 3; epoch++)
            Contents(batches.Read(SampleOrder.Shuffled(30, seed: 1, epoch)));

        Assert.Equal(30, source.Reads);
    }

    [Fact]
    public void A_source_that_fails_is_named_and_leaves_no_tensor()
    {
        var images = ImageSet.FromSource(new Source(count: 30, new ImageShape(1, 2, 2)) { FailsAt = 20 });
        var before = DisposeScopeManager.Statistics.ThreadTotalLiveCount;

        var error = Assert.Throws<ModelGenException>(() => new ImageBatches(images, new TestOptions { Resident = Residence.On }, CPU));

        Assert.StartsWith("The data source 'Source' failed at the pixels of image 20 ", error.Message);
        Assert.Equal(before, DisposeScopeManager.Statistics.ThreadTotalLiveCount);
    }

    [Fact]
    public void A_device_without_room_for_the_images_is_named_with_the_bytes_and_the_way_out()
    {
        // 200 TB: more than a process can address.
        var images = ImageSet.FromSource(new Source(count: 100_000, new ImageShape(1, 40_000, 50_000)));

        var error = Assert.Throws<ModelGenException>(() => new ImageBatches(images, new TestOptions { Resident = Residence.On }, CPU));

        Assert.Equal("The 100,000 images of 1x40000x50000 need 200,000,000,000,000 bytes on cpu, which has not as many left: use --resident off.", error.Message);
    }

    [Fact]
    public void Images_of_a_network_that_augments_cannot_live_on_the_device()
    {
        var options = new AugmentedOptions();

        using (new ImageBatches(Images, options, CPU))
        {
        }

        var error = Assert.Throws<ModelGenException>(() => new ImageBatches(Images, options with { Resident = Residence.On }, CPU));
        Assert.Equal("Resident is on, but takes auto or off (augmented images and rows are prepared on the host).", error.Message);
    }

    private static ImageSet Numbered(int count, ImageShape shape) =>
        new(shape, [.. Enumerable.Range(0, count * shape.Length).Select(i => (byte)(i % 251))], [.. Enumerable.Range(0, count).Select(i => i % 10)], [.. "0123456789".Select(c => c.ToString())]);

    private static string[] Contents(IEnumerable<(Tensor Pixels, Tensor Labels)> batches)
    {
        var contents = new List<string>();
        foreach (var (pixels, labels) in batches)
        {
            using (pixels)
            using (labels)
                contents.Add($"{string.Join('x', pixels.shape)} {Convert.ToHexString(pixels.data<byte>().ToArray())} {string.Join(',', labels.data<long>().ToArray())}");
        }

        return [.. contents];
    }

    private sealed class Source(int count, ImageShape shape) : IDataSource
    {
        private int _reads;

        public int FailsAt { get; init; } = -1;

        public int Reads => _reads;

        public int Count => count;

        public ImageShape Shape => shape;

        public IReadOnlyList<string> Classes { get; } = ["a", "b"];

        public int Label(int index) => index % 2;

        public void Read(int index, Span<byte> pixels)
        {
            Interlocked.Increment(ref _reads);
            if (index == FailsAt)
                throw new InvalidOperationException("no such row");
            pixels.Fill((byte)index);
        }
    }
}
