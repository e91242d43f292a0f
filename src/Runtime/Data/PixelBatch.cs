namespace ModelGen.Data;

/// <summary>
/// The images and labels of one batch. It is valid until the enumeration that gave it moves on: its memory is used again for
/// a later batch.
/// </summary>
public sealed class PixelBatch
{
    private readonly byte[] _pixels;
    private readonly long[] _labels;

    internal PixelBatch(int capacity, int imageLength)
    {
        _pixels = GC.AllocateUninitializedArray<byte>(checked(capacity * imageLength));
        _labels = new long[capacity];
    }

    /// <summary>The number of images: the batch size, or fewer in the last batch.</summary>
    public int Count { get; private set; }

    /// <summary>The images, <c>[N, C, H, W]</c> row-major, 0 to 255.</summary>
    public ReadOnlySpan<byte> Pixels => _pixels.AsSpan(0, Count * (_pixels.Length / _labels.Length));

    /// <summary>The classes of the images: <c>[N]</c>, 64-bit as PyTorch's losses take them.</summary>
    public ReadOnlySpan<long> Labels => _labels.AsSpan(0, Count);

    /// <summary>Replaces the content with the images at <paramref name="indices"/>, as <paramref name="augmentation"/> changes them.</summary>
    internal void Fill(ImageSet images, ReadOnlySpan<int> indices, Augmentation? augmentation)
    {
        Count = indices.Length;
        var length = images.Shape.Length;
        for (var i = 0; i < indices.Length; i++)
        {
            var pixels = _pixels.AsSpan(i * length, length);
            images.Read(indices[i], pixels);
            augmentation?.Apply(pixels, images.Shape, indices[i]);
            _labels[i] = images.Label(indices[i]);
        }
    }
}
