namespace ModelGen.Data;

/// <summary>Decodes image files into memory, each once, on all cores.</summary>
public static class ImageFiles
{
    /// <summary>Decodes the files to <c>[N, C, H, W]</c>, in the order of <paramref name="paths"/>, 0 to 255.</summary>
    /// <param name="paths">The image files: JPEG, PNG, BMP or WebP.</param>
    /// <param name="shape">The size of each image, and the channels to decode it to: 1 (gray) or 3.</param>
    /// <param name="resize">How an image of another size comes to it.</param>
    /// <exception cref="ModelGenException">
    /// A file can't be read, is no image or has another size that is not to be changed, or they don't fit in one array; the message names the first such path.
    /// </exception>
    public static byte[] Read(IReadOnlyList<string> paths, ImageShape shape, Resize resize = Resize.None)
    {
        ArgumentNullException.ThrowIfNull(paths);
        return Decode(paths, shape, resize, "the image files named", skipUnreadable: false).Pixels;
    }

    /// <summary>Like <see cref="Read"/>, but can go on past files that can't be decoded: their pixels stay black and they are marked.</summary>
    internal static (byte[] Pixels, bool[] Unreadable) Decode(
        IReadOnlyList<string> paths, ImageShape shape, Resize resize, string place, bool skipUnreadable)
    {
        var pixels = PixelMemory.Allocate(paths.Count, shape, place);
        var faults = new Exception?[paths.Count];
        var loop = Parallel.For(0, paths.Count, () => new SkiaImageDecoder(shape, resize), (i, state, decoder) =>
        {
            try
            {
                decoder.Decode(paths[i], pixels.AsSpan(i * shape.Length, shape.Length));
            }
            catch (Exception fault) when (fault is InvalidDataException or ModelGenException)
            {
                faults[i] = fault;
                // Break, unlike Stop, still decodes all files before this one: so the first fault is the same in every run.
                if (fault is ModelGenException || !skipUnreadable)
                    state.Break();
            }

            return decoder;
        }, _ => { });

        if (loop.LowestBreakIteration is { } first)
        {
            throw faults[first] as ModelGenException ?? new ModelGenException(
                $"'{paths[(int)first]}' cannot be decoded: {faults[first]!.Message}. Replace it or take it out of the folder.", faults[first]);
        }

        return (pixels, Array.ConvertAll(faults, fault => fault is not null));
    }
}
