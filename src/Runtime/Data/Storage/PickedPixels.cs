namespace ModelGen.Data;

/// <summary>Some of another storage's images.</summary>
/// <param name="all">The storage; whole images are read from it.</param>
/// <param name="indices">Which of its images, in their new order.</param>
/// <param name="image">Bytes of one image.</param>
internal sealed class PickedPixels(PixelStorage all, int[] indices, int image) : PixelStorage
{
    public override long Length => (long)indices.Length * image;

    public override bool IsAtHand => all.IsAtHand;

    public override bool IsInMemory => all.IsInMemory;

    public override ReadOnlySpan<byte> Read(long offset, int length) => all.Read(There(offset), length);

    public override void Copy(long offset, Span<byte> values) => all.Copy(There(offset), values);

    private long There(long offset) => (long)indices[(int)(offset / image)] * image;
}
