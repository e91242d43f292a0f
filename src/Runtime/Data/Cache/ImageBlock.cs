namespace ModelGen.Data;

/// <summary>Image files that were decoded together, without those that could not be.</summary>
/// <param name="Pixels">One image after the other.</param>
/// <param name="Labels">Their classes.</param>
/// <param name="Unreadable">How many files were left out.</param>
internal sealed record ImageBlock(byte[] Pixels, int[] Labels, int Unreadable)
{
    /// <summary>Decodes the files on all cores.</summary>
    /// <exception cref="ModelGenException">A file can't be read, or decoded unless the request lets such files out; or they don't fit in one array.</exception>
    public static ImageBlock Decode(IReadOnlyList<LabelledFile> files, ImageRequest request, string place)
    {
        var (pixels, unreadable) = ImageFiles.Decode(
            [.. files.Select(file => file.Path)], request.Shape, request.Resize, place, request.SkipUnreadable);
        int[] labels = [.. files.Where((_, i) => !unreadable[i]).Select(file => file.Label)];
        if (labels.Length < files.Count)
            CloseGaps(ref pixels, unreadable, request.Shape.Length);
        return new(pixels, labels, files.Count - labels.Length);
    }

    private static void CloseGaps(ref byte[] pixels, bool[] unreadable, int length)
    {
        var next = 0;
        for (var i = 0; i < unreadable.Length; i++)
        {
            if (!unreadable[i])
                pixels.AsSpan(i * length, length).CopyTo(pixels.AsSpan(next++ * length, length));
        }

        Array.Resize(ref pixels, next * length);
    }
}
