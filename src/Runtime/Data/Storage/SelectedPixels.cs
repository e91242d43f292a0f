namespace ModelGen.Data;

/// <summary>Some of the images of another storage, which it does not copy.</summary>
/// <param name="images">The storage.</param>
/// <param name="indices">The images, in their new order.</param>
/// <param name="imageLength">Bytes of an image.</param>
internal sealed class SelectedPixels(PixelStorage images, int[] indices, int imageLength) : PixelStorage
{
    public override long Length => (long)indices.Length * imageLength;

    public override ReadOnlySpan<byte> Read(long offset, int length) => images.Read((long)indices[offset / imageLength] * imageLength, length);
}
