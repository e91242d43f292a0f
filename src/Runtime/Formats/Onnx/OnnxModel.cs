namespace ModelGen.Formats.Onnx;

/// <summary>What an ONNX file holds, as far as it decides what is computed.</summary>
/// <param name="Opset">The operator set.</param>
/// <param name="Nodes">The nodes, each behind those whose values it takes.</param>
/// <param name="Tensors">The values that the file gives, by their names.</param>
/// <param name="Inputs">The inputs that the file gives no value for.</param>
/// <param name="Outputs">The names of the values that come out.</param>
internal sealed record OnnxModel(
    long Opset, IReadOnlyList<OnnxNode> Nodes, IReadOnlyDictionary<string, StoredTensor> Tensors, IReadOnlyList<OnnxInput> Inputs, IReadOnlyList<string> Outputs)
{
    /// <summary>Reads a file and those beside it that hold its tensors, mapped into memory; its tensors end when <paramref name="use"/> returns.</summary>
    /// <exception cref="ModelGenException">The file is missing, damaged or hostile, or has what can't be read.</exception>
    public static T Map<T>(string path, Func<OnnxModel, T> use) => InputFile.Map(path, ".onnx", stream =>
    {
        using var data = new OnnxDataFiles(Path.GetDirectoryName(path) ?? "");
        return use(OnnxReader.Read(stream, data));
    });
}

/// <summary>An input of a graph.</summary>
/// <param name="Name">Its name.</param>
/// <param name="IsIndices">Whether it holds whole numbers.</param>
/// <param name="Sizes">Its sizes with the batch's; null for one that is open.</param>
internal sealed record OnnxInput(string Name, bool IsIndices, IReadOnlyList<long?> Sizes);
