namespace ModelGen.Formats;

/// <summary>PyTorch's <c>.pth</c> files: what <c>torch.save(model.state_dict(), path)</c> writes since PyTorch 1.6.</summary>
public static class PthFile
{
    /// <summary>Reads a state_dict. Nothing that the file says is executed.</summary>
    /// <remarks>
    /// Accepts views, shared storages and any strides; the tensors returned are contiguous. Tensors that are contiguous parts of one
    /// storage share its memory. Uses memory of the order of the file's size, at most 64 MiB plus 16 times that.
    /// </remarks>
    /// <param name="path">The file.</param>
    /// <exception cref="ModelGenException">The file is missing, damaged, hostile, or holds something else than a state_dict.</exception>
    public static StateDict Read(string path) => Open(path, PthReader.Read);

    /// <summary>The same, and the content of <paramref name="annex"/>, an entry that PyTorch leaves alone; null when there is none.</summary>
    internal static (StateDict State, byte[]? Content) Read(string path, string annex) => Open(path, stream => (PthReader.Read(stream), PthReader.ReadAnnex(stream, annex)));

    /// <summary>That entry alone.</summary>
    internal static byte[]? ReadAnnex(string path, string annex) => Open(path, stream => PthReader.ReadAnnex(stream, annex));

    private static T Open<T>(string path, Func<Stream, T> read)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (Directory.Exists(path))
            throw new ModelGenException($"'{path}' is a folder: give the .pth file in it.");
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

    /// <summary>
    /// Writes a state_dict, atomically. PyTorch reads the file, also with <c>torch.load(path, weights_only=True)</c>. The same state_dict
    /// gives the same bytes.
    /// </summary>
    /// <param name="path">The file; replaced if it exists.</param>
    /// <param name="state">The tensors. Those that have the same memory (not only equal bytes) stay tied: they share it in the file too.</param>
    /// <exception cref="ArgumentException">
    /// A name is there twice or isn't valid Unicode, a version is negative, or a tensor's data doesn't fit its shape.
    /// </exception>
    /// <exception cref="ModelGenException">The file can't be written.</exception>
    public static void Write(string path, StateDict state) => Write(path, state, "", null);

    /// <summary>The same with an entry of our own in the archive, <paramref name="annex"/>, which PyTorch leaves alone.</summary>
    internal static void Write(string path, StateDict state, string annex, byte[]? content)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        ArgumentNullException.ThrowIfNull(state);
        Check(state);
        AtomicFile.Write(path, stream => PthWriter.Write(stream, state, annex, content));
    }

    private static void Check(StateDict state)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (name, tensor) in state.Entries)
        {
            if (!names.Add(name))
                throw new ArgumentException($"The name '{name}' is there twice.", nameof(state));
            if (tensor.Shape.Any(long.IsNegative))
                throw new ArgumentException($"The tensor '{name}' has a negative size.", nameof(state));

            // No array is longer than int.MaxValue, and stopping there keeps the product in range.
            var elements = tensor.Shape.Contains(0)
                ? 0
                : tensor.Shape.Aggregate((Int128)1, (product, size) => product > int.MaxValue ? product : product * size);
            if (elements * tensor.Type.ByteSize() != tensor.Data.Length)
                throw new ArgumentException($"The tensor '{name}' has {tensor.Data.Length} bytes, which doesn't fit its shape.", nameof(state));
        }

        if (state.ModuleVersions.Any(module => module.Value < 0))
            throw new ArgumentException("A module's version is negative.", nameof(state));
    }
}
