using System.Diagnostics;
using ModelGen.Formats;

namespace ModelGen.Data;

/// <summary>Image files as pixels: from the cache, decoded into it, or decoded into memory where nothing can be kept.</summary>
/// <param name="Pixels">The images that could be decoded, one after the other.</param>
/// <param name="Labels">Their classes.</param>
/// <param name="Unreadable">How many files were left out.</param>
/// <param name="Decoding">What that took.</param>
internal sealed record DecodedImages(PixelStorage Pixels, int[] Labels, int Unreadable, Decoding Decoding)
{
    // Decoded at once: enough to keep all cores busy, little beside what a network takes.
    private const int BlockBytes = 64 << 20;

    /// <summary>Gets the images. A cache that is stale, damaged or of something else is written anew; one that can't be written is done without.</summary>
    /// <param name="files">The image files in their order.</param>
    /// <param name="request">What they come to, and whether a cache may be used.</param>
    /// <param name="folder">The folder above the classes.</param>
    /// <param name="place">The same as it stands in a sentence.</param>
    /// <param name="cacheFolders">Where the cache may be, the best place first.</param>
    /// <exception cref="ModelGenException">A file can't be read or decoded, or the images are kept in memory and don't fit in one array.</exception>
    public static DecodedImages Load(IReadOnlyList<LabelledFile> files, ImageRequest request, string folder, string place, IReadOnlyList<string> cacheFolders)
    {
        var started = Stopwatch.GetTimestamp();
        if (request.Cache && cacheFolders.Count > 0)
        {
            var (key, name) = (CacheKey.Of(folder, files, request), CacheKey.NameOf(folder, request));
            if (Open(cacheFolders, name, key, request) is { } kept)
                return new(kept.Pixels, kept.Labels, kept.Unreadable, new(Stopwatch.GetElapsedTime(started), IsEarlier: true, IsLost: false));
            if (cacheFolders.Any(cache => TryWrite(Path.Combine(cache, name), key, files, request, place)) && Open(cacheFolders, name, key, request) is { } written)
                return new(written.Pixels, written.Labels, written.Unreadable, new(Stopwatch.GetElapsedTime(started), IsEarlier: false, IsLost: false));
        }

        var block = ImageBlock.Decode(files, request, place);
        return new(new ArrayPixels(block.Pixels), block.Labels, block.Unreadable, new(Stopwatch.GetElapsedTime(started), IsEarlier: false, IsLost: request.Cache));
    }

    private static PackedFile? Open(IReadOnlyList<string> cacheFolders, string name, byte[] key, ImageRequest request) => cacheFolders
        .Select(cache => PackedFile.TryOpen(Path.Combine(cache, name), key, request.Shape))
        // What one run may leave out, another must stop at.
        .FirstOrDefault(packed => packed is not null && (packed.Unreadable == 0 || request.SkipUnreadable));

    private static bool TryWrite(string path, byte[] key, IReadOnlyList<LabelledFile> files, ImageRequest request, string place)
    {
        ModelGenException? fault = null;
        try
        {
            var (folder, file) = (Path.GetDirectoryName(path)!, Path.GetFileName(path));
            Directory.CreateDirectory(folder);
            AtomicFile.DeleteAbandoned(folder, name => name == file);
            AtomicFile.Write(path, stream => PackedFile.Write(stream, key, request.Shape, Blocks()));
            return true;
        }
        catch (Exception error) when (fault is null && (error is ModelGenException or IOException or UnauthorizedAccessException))
        {
            // A read-only or a full disk: the run goes on without.
            return false;
        }

        IEnumerable<ImageBlock> Blocks()
        {
            foreach (var block in files.Chunk(Math.Max(1, BlockBytes / request.Shape.Length)))
                yield return Decode(block);
        }

        ImageBlock Decode(LabelledFile[] block)
        {
            try
            {
                return ImageBlock.Decode(block, request, place);
            }
            catch (ModelGenException error)
            {
                fault = error;
                throw;
            }
        }
    }
}

/// <summary>What it took to get image files as pixels.</summary>
/// <param name="Time">How long.</param>
/// <param name="IsEarlier">Whether an earlier run had decoded them.</param>
/// <param name="IsLost">Whether they should have been kept for the next run, and nothing could be written.</param>
internal sealed record Decoding(TimeSpan Time, bool IsEarlier, bool IsLost);
