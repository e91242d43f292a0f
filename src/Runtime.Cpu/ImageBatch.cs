using ModelGen.Data;

namespace ModelGen.Cpu;

/// <summary>The images of one batch. It is valid until the enumeration that gave it moves on: it is used again for the next.</summary>
public sealed class ImageBatch
{
    private readonly int[] _labels;
    private PixelBatch? _pixels;

    internal ImageBatch(int capacity) => _labels = new int[capacity];

    /// <summary>The number of images: the batch size, or fewer in the last batch.</summary>
    public int Count => _pixels?.Count ?? 0;

    /// <summary>The images, <c>[N, C, H, W]</c> row-major, 0 to 255.</summary>
    public ReadOnlySpan<byte> Pixels => _pixels is null ? [] : _pixels.Pixels;

    /// <summary>The classes of the images: <c>[N]</c>.</summary>
    public ReadOnlySpan<int> Labels => _labels.AsSpan(0, Count);

    /// <summary>Replaces the content.</summary>
    internal void Take(PixelBatch pixels)
    {
        _pixels = pixels;
        Elements.Narrow(pixels.Labels, _labels);
    }
}
