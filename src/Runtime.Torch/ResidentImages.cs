using ModelGen.CommandLine;
using ModelGen.Data;
using static TorchSharp.torch;

namespace ModelGen.Torch;

/// <summary>A set of images that lives on a device, one byte per value, and is gathered into batches there.</summary>
internal sealed class ResidentImages : IDisposable
{
    private readonly Tensor _pixels; // [count, C, H, W], uint8
    private readonly Tensor _labels; // [count], int64
    private readonly Device _device;

    /// <summary>Copies the images to the device.</summary>
    /// <param name="images">The set.</param>
    /// <param name="loader">Reads it, once, and batch by batch, so that a set from a file is not in the host's memory as well.</param>
    /// <param name="device">Where the images shall live.</param>
    /// <exception cref="ModelGenException">The device has not enough memory, or the images' source failed.</exception>
    public ResidentImages(ImageSet images, BatchLoader loader, Device device)
    {
        _device = device;
        var shape = images.Shape;
        try
        {
            _pixels = empty([images.Count, shape.Channels, shape.Height, shape.Width], ScalarType.Byte, device);
        }
        catch (Exception error) when (Failure.IsOutOfMemory(error))
        {
            throw new ModelGenException(
                FormattableString.Invariant(
                    $"The {images.Count:N0} images of {shape} need {BytesOf(images):N0} bytes on {TorchDevice.Describe(device)}, which has not as many left: use --resident off."),
                error);
        }

        try
        {
            var labels = new long[images.Count];
            for (var i = 0; i < labels.Length; i++)
                labels[i] = images.Label(i);
            _labels = BatchTensors.Labels(labels, device);
            Fill(loader, images);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The bytes that a set's pixels take on the device.</summary>
    public static long BytesOf(ImageSet images) => (long)images.Count * images.Shape.Length;

    /// <summary>The images in an order, batch by batch, without the first batches.</summary>
    public IEnumerable<(Tensor Pixels, Tensor Labels)> Read(int[] order, int batchSize, int skip)
    {
        // Once an epoch, and not for each batch: a view of it says which images are a batch's, and nothing waits for the device.
        using var places = BatchTensors.Places(order, _device);
        for (var start = (long)skip * batchSize; start < order.Length; start += batchSize)
            yield return Gathered(places, start, Math.Min(batchSize, order.Length - start));
    }

    public void Dispose()
    {
        _pixels.Dispose();
        _labels?.Dispose();
    }

    private (Tensor Pixels, Tensor Labels) Gathered(Tensor places, long start, long count)
    {
        using var batch = places.narrow(0, start, count);
        return (_pixels.index_select(0, batch), _labels.index_select(0, batch));
    }

    private void Fill(BatchLoader loader, ImageSet images)
    {
        var done = 0L;
        foreach (var batch in loader.Read(SampleOrder.Sequential(images.Count)))
        {
            using var pixels = BatchTensors.Pixels(batch.Pixels, images.Shape, _device);
            using var place = _pixels.narrow(0, done, batch.Count);
            place.copy_(pixels);
            done += batch.Count;
        }
    }
}
