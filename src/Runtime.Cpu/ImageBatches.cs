using ModelGen.Data;
using ModelGen.Training;

namespace ModelGen.Cpu;

/// <summary>
/// Batches of images. Those that are in memory as the network takes them are read where they are: threads that copied them ahead would take a twentieth of the
/// time of those that compute. All others are filled ahead by threads. From the second batch on, giving one allocates nothing.
/// </summary>
public sealed class ImageBatches : IBatches
{
    private readonly ImageSet _images;
    private readonly BatchLoader _loader;
    private readonly int _batchSize;

    /// <summary>Makes batches of <paramref name="images"/>; no thread is started until one is asked for.</summary>
    /// <param name="images">What the batches are made of.</param>
    /// <param name="options">The batch size, and the number of threads.</param>
    /// <exception cref="ArgumentOutOfRangeException">The batch size or the number of threads is below 1.</exception>
    public ImageBatches(ImageSet images, TrainingOptions options)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(options);
        _images = images;
        _loader = new BatchLoader(images, options.BatchSize, options.Workers);
        _batchSize = Math.Min(options.BatchSize, images.Count);
    }

    /// <inheritdoc/>
    public int BatchCount => _loader.BatchCount;

    /// <inheritdoc/>
    public TimeSpan Waited => _loader.Waited;

    /// <summary>Gives the images in <paramref name="order"/>, batch by batch.</summary>
    /// <param name="order">Indices into the set, one per image of the set.</param>
    /// <param name="augmentation">What changes the images on their way into the batch, or null for nothing.</param>
    /// <param name="skip">How many batches to leave out at the start, 0 to <see cref="BatchCount"/>.</param>
    /// <exception cref="ArgumentException"><paramref name="order"/> is not as long as the set.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="skip"/> is out of its range.</exception>
    public IEnumerable<ImageBatch> Read(int[] order, Augmentation? augmentation = null, int skip = 0)
    {
        ArgumentNullException.ThrowIfNull(order);
        if (augmentation is not null || !_images.IsInMemory)
            return Copied(_loader.Read(order, augmentation, skip));
        _loader.Check(order, skip);
        return InPlace(order, skip);
    }

    private IEnumerable<ImageBatch> Copied(IEnumerable<PixelBatch> batches)
    {
        var batch = new ImageBatch(_images, _batchSize);
        foreach (var pixels in batches)
        {
            batch.Take(pixels);
            yield return batch;
        }
    }

    private IEnumerable<ImageBatch> InPlace(int[] order, int skip)
    {
        var batch = new ImageBatch(_images, _batchSize);
        for (var number = skip; number < BatchCount; number++)
        {
            // BatchCount batches hold the whole order, which is an array: the product is an int.
            var first = number * _batchSize;
            batch.Take(order.AsMemory(first, Math.Min(_batchSize, order.Length - first)));
            yield return batch;
        }
    }
}
