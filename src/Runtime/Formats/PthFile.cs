namespace ModelGen.Formats;

/// <summary>PyTorch's <c>.pth</c> files: what <c>torch.save(model.state_dict(), path)</c> writes since PyTorch 1.6.</summary>
public static class PthFile
{
    private const string Kind = ".pth";

    /// <summary>Reads a state_dict. Nothing that the file says is executed.</summary>
    /// <remarks>
    /// A checkpoint that holds one state_dict among other things gives that one; of the others nothing is read. Accepts views, shared
    /// storages and any strides; the tensors returned are contiguous. Tensors that are contiguous parts of one storage share its memory.
    /// Uses memory of the order of the file's size, at most 64 MiB plus 16 times that.
    /// </remarks>
    /// <param name="path">The file.</param>
    /// <exception cref="ModelGenException">The file is missing, damaged, hostile, or holds something else than a state_dict.</exception>
    public static StateDict Read(string path) => InputFile.Read(path, Kind, PthReader.Read);

    /// <summary>The same, and the content of <paramref name="annex"/>, an entry that PyTorch leaves alone; null when there is none.</summary>
    /// <param name="path">The file.</param>
    /// <param name="annex">The entry's name.</param>
    /// <param name="use">Takes both. The tensors end when it returns: they are the mapped file's own memory where they need no gathering.</param>
    internal static T Map<T>(string path, string annex, Func<StateDict, byte[]?, T> use) =>
        InputFile.Map(path, Kind, stream => use(PthReader.Read(stream), PthReader.ReadAnnex(stream, annex)));

    /// <summary>That entry alone.</summary>
    internal static byte[]? ReadAnnex(string path, string annex) => InputFile.Read(path, Kind, stream => PthReader.ReadAnnex(stream, annex));

    /// <summary>The optimizer's state_dict in a file, alone or in a checkpoint.</summary>
    /// <param name="path">The file.</param>
    /// <param name="use">Takes it. The tensors end when it returns.</param>
    /// <exception cref="ModelGenException">The file is missing, damaged, hostile, or holds none or several.</exception>
    internal static T MapOptimizer<T>(string path, Func<OptimizerStateDict, T> use) => InputFile.Map(path, Kind, stream => use(PthReader.ReadOptimizer(stream)));

    /// <summary>Writes an optimizer's state_dict, atomically: what <c>load_state_dict(torch.load(path))</c> takes.</summary>
    /// <exception cref="ModelGenException">The file can't be written.</exception>
    internal static void WriteOptimizer(string path, OptimizerStateDict state) => AtomicFile.Write(path, stream => PthWriter.WriteOptimizer(stream, state));

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
        StateDict.Check(state);
        AtomicFile.Write(path, stream => PthWriter.Write(stream, state, annex, content));
    }
}
