namespace ModelGen.Formats;

/// <summary>
/// Writes files so that a reader sees the old content or the new, never a half: the bytes go to a temporary name in the same
/// folder, are flushed to the disk, and take the final name by a rename.
/// </summary>
internal static class AtomicFile
{
    /// <summary>Writes <paramref name="path"/>, replacing it if it exists. When <paramref name="write"/> throws, the old file stays as it was.</summary>
    /// <param name="path">The file to write; its folder exists.</param>
    /// <param name="write">Writes the whole content to the stream, which can seek.</param>
    /// <exception cref="ModelGenException">The folder or the file can't be written.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        var temporary = $"{path}.{Environment.ProcessId}.tmp";
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
            throw new ModelGenException($"Cannot write '{path}': {error.Message} Choose a place that can be written.", error);
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
}
