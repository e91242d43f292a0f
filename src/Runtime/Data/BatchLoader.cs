namespace ModelGen.Data;

/// <summary>
/// Fills batches on worker threads, ahead of the loop that consumes them. Worker w of W fills the batches w, w + W, w + 2W and
/// so on, and the consumer takes them round-robin, so the batches don't depend on the number of workers.
/// </summary>
public sealed class BatchLoader
{
    private readonly ImageSet _images;
    private readonly BatchQueue<PixelBatch> _queue;

    /// <summary>Creates a loader; it starts no thread until a batch is asked for.</summary>
    /// <param name="images">What the batches are made of.</param>
    /// <param name="batchSize">Images per batch, at least 1.</param>
    /// <param name="workers">Threads that fill batches, at least 1; each has three batches of memory, as long as the loader lives.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="batchSize"/> or <paramref name="workers"/> is below 1.</exception>
    public BatchLoader(ImageSet images, int batchSize, int workers)
    {
        ArgumentNullException.ThrowIfNull(images);
        _images = images;
        _queue = new BatchQueue<PixelBatch>(images.Count, batchSize, workers, size => new PixelBatch(size, images.Shape.Length));
    }

    /// <summary>The number of batches in an epoch; the last one may be short.</summary>
    public int BatchCount => _queue.BatchCount;

    /// <summary>How long the loops over <see cref="Read"/> have waited for batches that were not filled yet, all together.</summary>
    public TimeSpan Waited => _queue.Waited;

    /// <summary>Gives the images in <paramref name="order"/>, batch by batch. A batch is valid until the next one is asked for.</summary>
    /// <param name="order">Indices into the set, one per image of the set.</param>
    /// <param name="augmentation">What changes the images on their way into the batch, or null for nothing.</param>
    /// <param name="skip">How many batches to leave out at the start, 0 to <see cref="BatchCount"/>: an epoch goes on in its middle without preparing them.</param>
    /// <exception cref="ArgumentException"><paramref name="order"/> is not as long as the set.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="skip"/> is out of its range.</exception>
    public IEnumerable<PixelBatch> Read(int[] order, Augmentation? augmentation = null, int skip = 0) =>
        _queue.Read(order, skip, (batch, indices) => batch.Fill(_images, indices, augmentation));

    /// <summary>Refuses what <see cref="Read"/> refuses.</summary>
    internal void Check(int[] order, int skip) => _queue.Check(order, skip);
}
