namespace ModelGen.Formats;

/// <summary>Opens a file to be read, and says in a sentence that starts with its name why it can't be.</summary>
internal static class InputFile
{
    /// <summary>Reads a file into memory of the process's own.</summary>
    /// <param name="path">The file.</param>
    /// <param name="kind">What is expected: <c>.pth</c>.</param>
    /// <param name="read">Reads the stream, which can seek. It throws <see cref="InvalidDataException"/> with what follows the file's name.</param>
    /// <exception cref="ModelGenException">The file is missing or can't be read, or <paramref name="read"/> refused it.</exception>
    public static T Read<T>(string path, string kind, Func<Stream, T> read)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (Directory.Exists(path))
            throw new ModelGenException($"'{path}' is a folder: give the {kind} file in it.");
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
            return stream.CanSeek ? read(stream) : throw new InvalidDataException("is a pipe: give a file, which can be read from any place.");
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new ModelGenException($"There is no file '{path}': check the path.", error);
        }
        catch (InvalidDataException error)
        {
            throw new ModelGenException($"'{path}' {error.Message}", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new ModelGenException($"Cannot read '{path}': {error.Message}", error);
        }
    }

    /// <summary>The same with the file mapped into memory: what is taken out of it without a copy ends when <paramref name="read"/> returns.</summary>
    public static T Map<T>(string path, string kind, Func<Stream, T> read) => Read(path, kind, stream =>
    {
        // Nothing can't be mapped, and the reader says what is wrong with it.
        if (stream.Length == 0)
            return read(stream);
        using var map = new MappedFile((FileStream)stream);
        return read(map);
    });
}
