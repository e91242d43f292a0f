namespace ModelGen.Formats;

/// <summary>
/// Files of the safetensors format, as <c>safetensors.torch.save_file(model.state_dict(), path)</c> writes them: the length of a header in 8 bytes,
/// a JSON header that names the tensors, and their elements, one after the other (https://github.com/huggingface/safetensors#format).
/// </summary>
public static class SafetensorsFile
{
    private const string Kind = ".safetensors";

    /// <summary>Reads a state_dict. It has no <see cref="StateDict.ModuleVersions"/>, for which the format has no place.</summary>
    /// <remarks>Uses memory of the order of the file's size.</remarks>
    /// <param name="path">The file.</param>
    /// <returns>The tensors in the order of their data.</returns>
    /// <exception cref="ModelGenException">The file is missing, damaged or hostile, or has an element type that ModelGen cannot exchange.</exception>
    public static StateDict Read(string path) => InputFile.Read(path, Kind, SafetensorsReader.Read);

    /// <summary>The same for tensors that are used within <paramref name="use"/> only: they are the mapped file's own memory.</summary>
    internal static T Map<T>(string path, Func<StateDict, T> use) => InputFile.Map(path, Kind, stream => use(SafetensorsReader.Read(stream)));

    /// <summary>The same from a stream, such as a resource of a program.</summary>
    /// <param name="stream">What the file would hold; it can seek.</param>
    /// <param name="name">What it is called in messages.</param>
    /// <exception cref="ModelGenException">It is damaged or hostile, or has an element type that ModelGen cannot exchange.</exception>
    internal static StateDict Read(Stream stream, string name)
    {
        try
        {
            return SafetensorsReader.Read(stream);
        }
        catch (InvalidDataException error)
        {
            throw new ModelGenException($"'{name}' {error.Message}", error);
        }
    }

    /// <summary>Writes a state_dict, atomically; the same one gives the same bytes. Its <see cref="StateDict.ModuleVersions"/> are left out.</summary>
    /// <param name="path">The file; replaced if it exists.</param>
    /// <param name="state">The tensors. The format ties none: those that have the same memory are written once for each name.</param>
    /// <exception cref="ArgumentException">
    /// A name is there twice, isn't valid Unicode or is <c>__metadata__</c>, a version is negative, or a tensor's data doesn't fit its shape.
    /// </exception>
    /// <exception cref="ModelGenException">The file can't be written.</exception>
    public static void Write(string path, StateDict state)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        StateDict.Check(state);
        AtomicFile.Write(path, stream => SafetensorsWriter.Write(stream, state));
    }
}
