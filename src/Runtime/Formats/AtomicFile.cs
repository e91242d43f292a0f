namespace ModelGen.Formats;

/// <summary>
/// Writes files so that a reader sees the old content or the new, never a half: the bytes go to a temporary name in the same
/// folder, are flushed to the disk, and take the final name by a rename.
/// </summary>
internal static class AtomicFile
{
    private const string Ending = ".tmp";

    /// <summary>Writes <paramref name="path"/>, replacing it if it exists. When <paramref name="write"/> throws, the old file stays as it was.</summary>
    /// <param name="path">The file to write; its folder exists.</param>
    /// <param name="write">Writes the whole content to the stream, which can seek.</param>
    /// <exception cref="ModelGenException">The folder or the file can't be written.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        var temporary = TemporaryOf(path);
        try
        {
            using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.ReadWrite, FileShare.None))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ModelGenException($"Cannot write '{path}': {error.Sentence()} Choose a place that can be written.", error);
        }
        finally
        {
            // After a success the temporary name is gone and this does nothing.
            try
            {
                File.Delete(temporary);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // What failed before this is the news; a left-over temporary file is not.
            }
        }
    }

    /// <summary>A name, PATH.RANDOM.tmp, that nobody else takes, and that <see cref="DeleteAbandoned"/> knows for a file's.</summary>
    // Not the process's number: in containers that share a folder, each is number 1.
    public static string TemporaryOf(string path) => $"{path}.{Path.GetRandomFileName().Replace(".", "", StringComparison.Ordinal)}{Ending}";

    /// <summary>Removes a file, if it is there.</summary>
    /// <exception cref="ModelGenException">It is there and can't be removed.</exception>
    public static void Delete(string path)
    {
        try
        {
            File.Delete(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ModelGenException($"Cannot remove '{path}': {error.Sentence()} Move it away yourself.", error);
        }
    }

    /// <summary>Removes the temporary files that killed processes left in a folder; one that is being written is locked and stays.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="isTarget">Whether files of this name were written.</param>
    /// <exception cref="IOException">The folder can't be read.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder can't be read.</exception>
    public static void DeleteAbandoned(string folder, Func<string, bool> isTarget)
    {
        // All files, and not those of a pattern: names may hold its wildcards.
        foreach (var temporary in Directory.EnumerateFiles(folder))
        {
            var random = Path.GetFileNameWithoutExtension(temporary);
            if (!temporary.EndsWith(Ending, StringComparison.Ordinal) || !Path.HasExtension(random) || !isTarget(Path.GetFileNameWithoutExtension(random)))
                continue;
            try
            {
                new FileStream(temporary, FileMode.Open, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose).Dispose();
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // Its writer is alive, or it is somebody else's.
            }
        }
    }
}
