using System.Collections.Concurrent;
using ModelGen.Data;

namespace ModelGen.Tests.Data;

public sealed class DataSourceTests
{
    private static readonly ImageShape Shape = new(1, 2, 2);

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void The_batches_of_a_source_are_those_of_the_same_images_in_memory(int workers)
    {
        var source = new Source(50);
        var memory = new ImageSet(Shape, [.. Enumerable.Range(0, 50).SelectMany(Source.Pixels)], [.. Enumerable.Range(0, 50).Select(source.Label)], source.Classes);
        var order = SampleOrder.Shuffled(50, seed: 3, epoch: 2);

        Assert.Equal(Batches(memory), Batches(ImageSet.FromSource(source)));

        IEnumerable<(string Pixels, string Labels)> Batches(ImageSet images) => new BatchLoader(images, batchSize: 8, workers).Read(order)
            .Select(batch => (Convert.ToHexString(batch.Pixels), string.Join(' ', batch.Labels.ToArray()))).ToList();
    }

    [Fact]
    public void Pixels_are_read_on_the_loaders_threads_and_labels_once()
    {
        var source = new Source(20);
        var images = ImageSet.FromSource(source);
        Assert.Empty(source.Readers);

        var loader = new BatchLoader(images, batchSize: 4, workers: 2);
        foreach (var _ in loader.Read(SampleOrder.Sequential(20)).Concat(loader.Read(SampleOrder.Sequential(20))))
        {
        }

        Assert.Equal(["Batches 0", "Batches 1"], source.Readers.Distinct().Order(StringComparer.Ordinal));
        Assert.Equal(40, source.Readers.Count);
        Assert.Equal(20, source.LabelsRead);
    }

    [Fact]
    public void What_a_source_does_not_write_is_black()
    {
        // In every batch after the first ones the memory has held other images.
        var loader = new BatchLoader(ImageSet.FromSource(new Source(40) { WritesOnePixel = true }), batchSize: 2, workers: 1);

        Assert.All(loader.Read(SampleOrder.Sequential(40)).SelectMany(batch => batch.Pixels.ToArray().Chunk(4)), image => Assert.Equal([0, 0, 0], image[1..]));
    }

    [Fact]
    public void What_a_source_throws_is_one_sentence_with_the_index()
    {
        var images = ImageSet.FromSource(new Source(20) { Broken = 13 });

        var error = Assert.Throws<ModelGenException>(() => new BatchLoader(images, batchSize: 4, workers: 2).Read(SampleOrder.Sequential(20)).Count());

        Assert.Equal("The data source 'Source' failed at the pixels of image 13 (InvalidDataException: No such row): mend it, or leave the image out.", error.Message);
        Assert.IsType<InvalidDataException>(error.InnerException);
    }

    [Fact]
    public void A_label_that_is_no_classs_is_one_sentence_with_the_index()
    {
        var error = Assert.Throws<ModelGenException>(() => ImageSet.FromSource(new Source(20) { Mislabelled = 7 }));

        Assert.Equal("The data source 'Source' gives image 7 the label 2, but with 2 classes a label is from 0 to 1: mend the source.", error.Message);
    }

    [Fact]
    public void A_label_that_cannot_be_read_is_one_sentence_with_the_index()
    {
        var error = Assert.Throws<ModelGenException>(() => ImageSet.FromSource(new Source(20) { Broken = 13, BreaksLabels = true }));

        Assert.Equal("The data source 'Source' failed at the label of image 13 (InvalidDataException: No such row): mend it, or leave the image out.", error.Message);
    }

    [Fact]
    public void Its_hash_reads_all_labels_and_256_images_evenly_spaced()
    {
        var source = new Source(1024);

        var hash = DataHash.Of(new ImageData(ImageSet.FromSource(source), null, "a source"));

        Assert.Equal(256, source.Readers.Count);
        Assert.Equal(hash, DataHash.Of(new ImageData(ImageSet.FromSource(new Source(1024)), null, "a source")));
        Assert.NotEqual(hash, DataHash.Of(new ImageData(ImageSet.FromSource(new Source(1023)), null, "a source")));
        Assert.NotEqual(hash, DataHash.Of(new ImageData(ImageSet.FromSource(new Source(1024) { WritesOnePixel = true }), null, "a source")));
    }

    /// <summary>Images of 2x2 that follow from their index.</summary>
    private sealed class Source(int count) : IDataSource
    {
        private int _labelsRead;

        public int Count => count;

        public ImageShape Shape => DataSourceTests.Shape;

        public IReadOnlyList<string> Classes { get; } = ["even", "odd"];

        public int? Broken { get; init; }

        public bool BreaksLabels { get; init; }

        public int? Mislabelled { get; init; }

        public bool WritesOnePixel { get; init; }

        /// <summary>The thread of each read.</summary>
        public ConcurrentQueue<string?> Readers { get; } = [];

        public int LabelsRead => _labelsRead;

        public static byte[] Pixels(int index) => [(byte)index, (byte)(index * 3), 7, (byte)(255 - (index % 256))];

        public int Label(int index)
        {
            _labelsRead++;
            if (index == Broken && BreaksLabels)
                throw new InvalidDataException("No such row.");
            return index == Mislabelled ? 2 : index % 2;
        }

        public void Read(int index, Span<byte> pixels)
        {
            Readers.Enqueue(Thread.CurrentThread.Name);
            if (index == Broken)
                throw new InvalidDataException("No such row.");
            if (WritesOnePixel)
                pixels[0] = 255;
            else
                Pixels(index).CopyTo(pixels);
        }
    }
}
