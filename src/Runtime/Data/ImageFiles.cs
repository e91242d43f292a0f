namespace ModelGen.Data;

/// <summary>Decodes image files into memory, each once, on all cores.</summary>
public static class ImageFiles
{
    private const string Place = "the image files named";

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
        return Decode(paths, shape, resize, Place, skipUnreadable: false).Pixels;
    }

    /// <summary>Decodes those of the files that can be, to the same.</summary>
    /// <param name="paths">As in <see cref="Read"/>.</param>
    /// <param name="shape">As in <see cref="Read"/>.</param>
    /// <param name="refused">Is told of each file that can't be read, is no image or has another size that is not to be changed, in their order.</param>
    /// <param name="read">The paths of the others, in the order of their images.</param>
    /// <param name="resize">As in <see cref="Read"/>.</param>
    /// <exception cref="ModelGenException">They don't fit in one array.</exception>
    public static byte[] ReadEach(
        IReadOnlyList<string> paths,
        ImageShape shape,
        Action<ModelGenException> refused,
        out IReadOnlyList<string> read,
        Resize resize = Resize.None)
    {
        ArgumentNullException.ThrowIfNull(paths);
        ArgumentNullException.ThrowIfNull(refused);
        var (pixels, faults) = Decode(paths, shape, resize, Place, _ => false);
        var good = new List<string>();
        foreach (var (i, path) in paths.Index())
        {
            if (faults[i] is { } fault)
            {
                refused(Refusal(path, fault, "leave it out"));
                continue;
            }

            pixels.AsSpan(i * shape.Length, shape.Length).CopyTo(pixels.AsSpan(good.Count * shape.Length));
            good.Add(path);
        }

        read = good;
        return good.Count == paths.Count ? pixels : pixels[..(good.Count * shape.Length)];
    }

    /// <summary>Like <see cref="Read"/>, but can go on past files that can't be decoded: their pixels stay black and they are marked.</summary>
    internal static (byte[] Pixels, bool[] Unreadable) Decode(
        IReadOnlyList<string> paths, ImageShape shape, Resize resize, string place, bool skipUnreadable)
    {
        var (pixels, faults) = Decode(paths, shape, resize, place, fault => fault is ModelGenException || !skipUnreadable);
        return (pixels, Array.ConvertAll(faults, fault => fault is not null));
    }

    /// <summary>The pixels, black where a file has a fault, and the faults; the first at which to stop is thrown.</summary>
    private static (byte[] Pixels, Exception?[] Faults) Decode(IReadOnlyList<string> paths, ImageShape shape, Resize resize, string place, Func<Exception, bool> stopsAt)
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
                if (stopsAt(fault))
                    state.Break();
            }

            return decoder;
        }, _ => { });

        if (loop.LowestBreakIteration is { } first)
            throw Refusal(paths[(int)first], faults[first]!, "take it out of the folder");
        return (pixels, faults);
    }

    private static ModelGenException Refusal(string path, Exception fault, string remedy) =>
        fault as ModelGenException ?? new ModelGenException($"'{path}' cannot be decoded: {fault.Message}. Replace it or {remedy}.", fault);
}
