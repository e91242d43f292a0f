using ModelGen.CommandLine;
using ModelGen.Data;
using ModelGen.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace ModelGen.Torch;

/// <summary>
/// Batches of images on the device that trains. They come from the host, filled ahead by threads; or from the device itself, where the whole
/// set lives as bytes. Both give the same batches, bit for bit.
/// </summary>
public sealed class ImageBatches : IBatches, IDisposable
{
    private readonly BatchLoader _loader;
    private readonly ResidentImages? _resident;
    private readonly ImageShape _shape;
    private readonly Device _device;
    private readonly int _batchSize;

    /// <summary>Makes batches of <paramref name="images"/>; where they are to live on the device, they are copied there now.</summary>
    /// <param name="images">What the batches are made of.</param>
    /// <param name="options">The batch size, the number of threads, and whether the images live on the device.</param>
    /// <param name="device">Where the batches are wanted.</param>
    /// <exception cref="ArgumentOutOfRangeException">The batch size or the number of threads is below 1.</exception>
    /// <exception cref="ModelGenException">The images can't live on the device, or it has not enough memory for them, or their source failed.</exception>
    public ImageBatches(ImageSet images, TrainingOptions options, Device device)
    {
        ArgumentNullException.ThrowIfNull(images);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(device);
        _loader = new BatchLoader(images, options.BatchSize, options.Workers);
        _shape = images.Shape;
        _device = device;
        _batchSize = options.BatchSize;
        if (ResidentOption.Resides(options, ResidentImages.BytesOf(images), onCuda: device.type == DeviceType.CUDA))
            _resident = new ResidentImages(images, new BatchLoader(images, options.BatchSize, options.Workers), device);
    }

    /// <inheritdoc/>
    public int BatchCount => _loader.BatchCount;

    /// <summary>How long the loops over <see cref="Read"/> have waited for batches that were not filled yet, all together; none where images live on the device.</summary>
    public TimeSpan Waited => _loader.Waited;

    /// <summary>Gives the images in <paramref name="order"/>, batch by batch, without waiting for the device.</summary>
    /// <param name="order">Indices into the set, one per image of the set.</param>
    /// <param name="augmentation">What changes the images on their way into the batch, or null for nothing.</param>
    /// <param name="skip">How many batches to leave out at the start, 0 to <see cref="BatchCount"/>.</param>
    /// <returns>Pixels, <c>[N, C, H, W]</c>, uint8, and labels, <c>[N]</c>, int64: new tensors, which the caller disposes.</returns>
    /// <exception cref="ArgumentException"><paramref name="order"/> is not as long as the set or names an image that is not in it, or images that live on the device are to be augmented.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="skip"/> is out of its range.</exception>
    public IEnumerable<(Tensor Pixels, Tensor Labels)> Read(int[] order, Augmentation? augmentation = null, int skip = 0)
    {
        ArgumentNullException.ThrowIfNull(order);
        if (_resident is null)
            return _loader.Read(order, augmentation, skip).Select(Copied);
        _loader.Check(order, skip);
        // CUDA would notice a wrong index in the middle of a kernel, and end the process's use of the device.
        if (order.AsSpan().ContainsAnyExceptInRange(0, order.Length - 1))
            throw new ArgumentException($"An index in the order is not from 0 to {order.Length - 1}.", nameof(order));
        if (augmentation is not null)
            throw new ArgumentException("Images that live on the device can't be augmented there.", nameof(augmentation));
        return _resident.Read(order, _batchSize, skip);
    }

    /// <summary>Frees the images that live on the device.</summary>
    public void Dispose() => _resident?.Dispose();

    private (Tensor Pixels, Tensor Labels) Copied(PixelBatch batch) =>
        (BatchTensors.Pixels(batch.Pixels, _shape, _device), BatchTensors.Labels(batch.Labels, _device));
}
