using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SkiaSharp;

namespace ModelGen.Data;

/// <summary>What decoded images depend on, as a hash: the files as they are, what they come to, and the decoder.</summary>
internal static class CacheKey
{
    /// <summary>SHA-256 over everything that decides the content of the cache.</summary>
    /// <remarks>
    /// A file counts by its path below <paramref name="folder"/>, label, size and last change; one that was changed without either showing it is
    /// not noticed.
    /// </remarks>
    /// <param name="folder">The folder above the classes.</param>
    /// <param name="files">The image files in their order.</param>
    /// <param name="request">What they come to.</param>
    public static byte[] Of(string folder, IReadOnlyList<LabelledFile> files, ImageRequest request)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Append(hash, $"{PackedFile.Version} Skia {SkiaSharpVersion.Native}");
        Append(hash, $"{request.Shape} {request.Resize} {files.Count}");
        Span<byte> numbers = stackalloc byte[20];
        foreach (var (path, label) in files)
        {
            Append(hash, Path.GetRelativePath(folder, path));
            var (size, changed) = StateOf(path);
            BinaryPrimitives.WriteInt64LittleEndian(numbers, size);
            BinaryPrimitives.WriteInt64LittleEndian(numbers[8..], changed);
            BinaryPrimitives.WriteInt32LittleEndian(numbers[16..], label);
            hash.AppendData(numbers);
        }

        return hash.GetHashAndReset();
    }

    /// <summary>The file's name: of one folder, there is one cache for each size, rule and limit, and it is replaced when the files change.</summary>
    public static string NameOf(string folder, ImageRequest request)
    {
        // Not the number of files: an image more would leave the old cache behind for ever.
        var limit = request.Limit?.ToString(CultureInfo.InvariantCulture) ?? "all";
        var what = $"{Path.GetFullPath(folder)}\0{request.Shape}\0{request.Resize}\0{limit}";
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(what)))[..16] + ".pixels";
    }

    private static (long Size, long Changed) StateOf(string path)
    {
        try
        {
            var file = new FileInfo(path);
            // Of a link, the size and time are its own; what counts is what it leads to.
            if ((file.Attributes & FileAttributes.ReparsePoint) != 0)
                file = file.ResolveLinkTarget(returnFinalTarget: true) as FileInfo ?? file;
            return (file.Length, file.LastWriteTimeUtc.Ticks);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            // Decoding meets it too, and says it better.
            return (-1, -1);
        }
    }

    // Each with an end of its own, so that no two lists of texts give the same bytes.
    private static void Append(IncrementalHash hash, string text) => hash.AppendData(Encoding.UTF8.GetBytes(text + '\0'));
}
