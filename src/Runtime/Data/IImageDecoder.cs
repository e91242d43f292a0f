namespace ModelGen.Data;

/// <summary>Decodes image files. An instance reuses its buffers, so each thread needs its own.</summary>
internal interface IImageDecoder
{
    /// <summary>Decodes one file. A gray image gives three equal channels; a colour one gives a single channel by its luma.</summary>
    /// <param name="path">The image file.</param>
    /// <param name="pixels">Receives the image as <c>[C, H, W]</c>, 0 to 255; it is as long as one image of the network.</param>
    /// <exception cref="InvalidDataException">The content can't be decoded; the message says why in a clause, without the path.</exception>
    /// <exception cref="ModelGenException">The file can't be read, or the image has another size and is not to be resized; the message names the path.</exception>
    public void Decode(string path, Span<byte> pixels);
}
