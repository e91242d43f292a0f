using System.Runtime.InteropServices;
using ModelGen.Data;
using TorchSharp;
using static TorchSharp.torch;

namespace ModelGen.Torch;

/// <summary>Moves a batch from the loader's buffers into tensors. The buffers can be used again as soon as a method returns.</summary>
public static class BatchTensors
{
    /// <summary>A batch's pixels as a uint8 tensor.</summary>
    /// <param name="pixels">The images one after the other, each <c>[C, H, W]</c> row-major.</param>
    /// <param name="shape">The shape of one image.</param>
    /// <param name="device">Where the tensor shall be.</param>
    /// <returns>A new tensor <c>[N, C, H, W]</c>, which the caller disposes.</returns>
    /// <exception cref="ArgumentException">The pixels are no whole number of images.</exception>
    public static Tensor Pixels(ReadOnlySpan<byte> pixels, ImageShape shape, Device device) =>
        Copy(pixels, [pixels.Length / shape.Length, shape.Channels, shape.Height, shape.Width], ScalarType.Byte, device);

    /// <summary>A batch's labels as an int64 tensor <c>[N]</c>.</summary>
    /// <param name="labels">The classes.</param>
    /// <param name="device">Where the tensor shall be.</param>
    /// <returns>A new tensor, which the caller disposes.</returns>
    public static Tensor Labels(ReadOnlySpan<long> labels, Device device) =>
        Copy(MemoryMarshal.AsBytes(labels), [labels.Length], ScalarType.Int64, device);

    /// <summary>Places in a set as an int32 tensor <c>[N]</c>, which the caller disposes.</summary>
    internal static Tensor Places(ReadOnlySpan<int> order, Device device) =>
        Copy(MemoryMarshal.AsBytes(order), [order.Length], ScalarType.Int32, device);

    /// <summary>A batch's rows as a float32 tensor.</summary>
    /// <param name="values">The values, row after row.</param>
    /// <param name="columns">Values in a row, at least 1: the tensor is <c>[N, columns]</c>.</param>
    /// <param name="device">Where the tensor shall be.</param>
    /// <returns>A new tensor, which the caller disposes.</returns>
    /// <exception cref="ArgumentException">The values are no whole number of rows.</exception>
    public static Tensor Rows(ReadOnlySpan<float> values, int columns, Device device) =>
        Copy(MemoryMarshal.AsBytes(values), [values.Length / columns, columns], ScalarType.Float32, device);

    /// <summary>The same with each column normalised, (x - mean) / std.</summary>
    /// <param name="values">The values, row after row.</param>
    /// <param name="mean">What is subtracted, a number for each column.</param>
    /// <param name="std">What that is divided by, a number above 0 for each column.</param>
    /// <param name="device">Where the tensor shall be.</param>
    /// <returns>A new tensor <c>[N, columns]</c>, which the caller disposes.</returns>
    /// <exception cref="ArgumentException">The values are no whole number of rows.</exception>
    public static Tensor Rows(ReadOnlySpan<float> values, ReadOnlySpan<float> mean, ReadOnlySpan<float> std, Device device)
    {
        // Here and not on the device, to which the numbers would have to be copied, and that waits for all that is queued there.
        var normalised = new float[values.Length];
        for (var i = 0; i < values.Length; i++)
            normalised[i] = (values[i] - mean[i % mean.Length]) / std[i % mean.Length];
        return Rows(normalised, mean.Length, device);
    }

    /// <summary>The values of a float32 tensor, row after row. Waits for the device.</summary>
    /// <param name="tensor">Any shape.</param>
    public static float[] Values(Tensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        using var host = tensor.cpu();
        return host.data<float>().ToArray();
    }

    /// <summary>
    /// Fills an uninitialised tensor through its own memory: 1.3 µs for 32x3x28x28 pixels, against 2.9 µs and an array's garbage for
    /// <c>torch.tensor</c>.
    /// </summary>
    private static Tensor Copy(ReadOnlySpan<byte> elements, ReadOnlySpan<long> shape, ScalarType type, Device device)
    {
        ArgumentNullException.ThrowIfNull(device);
        var host = torch.empty(shape, type);
        try
        {
            var memory = host.bytes;
            if (memory.Length != elements.Length)
                throw new ArgumentException($"The shape needs {memory.Length} bytes, not {elements.Length}.", nameof(shape));
            elements.CopyTo(memory);
            if (device.type == DeviceType.CPU)
                return host;
        }
        catch
        {
            host.Dispose();
            throw;
        }

        // Only from pinned memory does a copy to the device run while the host goes on. libtorch keeps the pinned blocks that were freed,
        // and is itself the ring of buffers: behind the copy it queues an event, and gives the block out again only after that. A ring of
        // our own would have to wait for the whole device instead, because TorchSharp has no events.
        using (host)
        using (var pinned = host.pin_memory())
            return pinned.to(device, non_blocking: true);
    }
}
