namespace ModelGen.Training;

/// <summary>
/// Keeps a folder to one training at a time: a file in it that is open to nobody else as long as the training lives. The system closes it with the process,
/// however that ends; what is left of a process that was killed is a file that the next training takes over.
/// </summary>
internal static class RunLock
{
    /// <summary>The file's name.</summary>
    public const string FileName = "run.lock";

    /// <summary>Takes the folder. The file goes when it is disposed.</summary>
    /// <param name="folder">The folder, which exists.</param>
    /// <exception cref="ModelGenException">Another training has it.</exception>
    /// <exception cref="IOException">The folder can't be written.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder can't be written.</exception>
    public static FileStream Take(string folder)
    {
        var path = Path.Combine(folder, FileName);
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 1, FileOptions.DeleteOnClose);
        }
        catch (IOException error) when (File.Exists(path))
        {
            // What may be written is there, and can't be opened: each system has another number for that.
            throw new ModelGenException($"Another training is writing into '{folder}': wait for its end, or name another folder with --out.", error);
        }
    }
}
