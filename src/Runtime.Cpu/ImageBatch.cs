using ModelGen.Data;

namespace ModelGen.Cpu;

/// <summary>The images of one batch. It is valid until the enumeration that gave it moves on: it is used again for the next.</summary>
public sealed class ImageBatch
{
    private readonly ImageSet _images;
    private readonly int[] _labels;
    private PixelBatch? _copied;
    private ReadOnlyMemory<int> _places; // of the images in the set, where they are not copied

    internal ImageBatch(ImageSet images, int capacity)
    {
        _images = images;
        _labels = new int[capacity];
    }

    /// <summary>The number of images: the batch size, or fewer in the last batch.</summary>
    public int Count { get; private set; }

    /// <summary>An image: <c>[C, H, W]</c> row-major, 0 to 255.</summary>
    /// <param name="index">Its place in the batch, 0 to <see cref="Count"/> - 1.</param>
    public ReadOnlySpan<byte> this[int index] =>
        _copied is null ? _images.Pixels(_places.Span[index]) : _copied.Pixels.Slice(index * _images.Shape.Length, _images.Shape.Length);

    /// <summary>The classes of the images: <c>[N]</c>.</summary>
    public ReadOnlySpan<int> Labels => _labels.AsSpan(0, Count);

    /// <summary>Replaces the content with copied images.</summary>
    internal void Take(PixelBatch copied)
    {
        (Count, _copied) = (copied.Count, copied);
        Elements.Narrow(copied.Labels, _labels);
    }

    /// <summary>Replaces the content with images that stay where they are in the set.</summary>
    internal void Take(ReadOnlyMemory<int> places)
    {
        (Count, _copied, _places) = (places.Length, null, places);
        for (var i = 0; i < places.Length; i++)
            _labels[i] = _images.Label(places.Span[i]);
    }
}
