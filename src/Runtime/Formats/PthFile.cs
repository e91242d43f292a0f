namespace ModelGen.Formats;

/// <summary>PyTorch's <c>.pth</c> files: what <c>torch.save(model.state_dict(), path)</c> writes since PyTorch 1.6.</summary>
public static class PthFile
{
    /// <summary>Reads a state_dict.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="ModelGenException">The file is missing, damaged, hostile, or holds something else than a state_dict.</exception>
    public static StateDict Read(string path) => throw new NotSupportedException(path);

    /// <summary>Writes a state_dict, atomically.</summary>
    /// <param name="path">The file; replaced if it exists.</param>
    /// <param name="state">The tensors.</param>
    /// <exception cref="ModelGenException">The file can't be written.</exception>
    public static void Write(string path, StateDict state) => throw new NotSupportedException($"{path} {state}");
}
